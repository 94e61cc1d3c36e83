import { said } from '../language/told';
import { pictureWords } from './dataset';
import { describe, expect, it } from 'vitest';
import { classWarnings } from './classWarnings';

const names = ['cat', 'dog', 'fox', 'owl', 'bee', 'ant'];
/** As many examples of each class as the digit at its place in the text. */
const labels = (text: string) => Uint8Array.from(text, Number);
const warned = (training: string, validation: string, test: string, classNames = names) =>
  classWarnings(pictureWords, classNames, { training: labels(training), validation: labels(validation), test: labels(test) }).map(said);

describe('warnings about classes', () => {
  it('say nothing where every part has every class', () => {
    expect(warned('0012345', '012345', '0123455')).toEqual([]);
  });

  it('name what is missing in each part, and what follows', () => {
    expect(warned('0123', '012345', '0123455')).toEqual(['No training picture is of classes "bee" and "ant": no network can learn them.']);
    expect(warned('012345', '0345', '012345')).toEqual([
      'No validation picture is of classes "dog" and "fox": epochs are chosen without them.',
    ]);
    expect(warned('012345', '012345', '01234')).toEqual(['No test picture is of class "ant": results say nothing about it.']);
  });

  it('name a class once that no picture has', () => {
    expect(warned('01', '01', '01')).toEqual([
      'No picture is of classes "fox", "owl", "bee" and "ant": only 2 of 6 classes can be learnt.',
    ]);
  });

  it('name the first of many', () => {
    const many = Array.from({ length: 10 }, (_, index) => `class ${index}`);
    expect(warned('01', '01', '01', many)).toEqual([
      'No picture is of classes "class 2", "class 3", "class 4" and 5 more: only 2 of 10 classes can be learnt.',
    ]);
  });

  it('say when there is one class only', () => {
    expect(warned('000', '0', '00')).toEqual(['All pictures are of class "cat": there is nothing to tell apart.']);
  });

  it('say what a constant answer would score when that is high for the number of classes', () => {
    expect(warned('012345', '012345', '111')).toContain('A network that always answers "dog" is right in 100 % of the test pictures.');
    expect(warned('012345', '012345', '01234555555')).toEqual([
      'A network that always answers "ant" is right in 54.5 % of the test pictures.',
    ]);
    const two = ['yes', 'no'];
    expect(warned('01', '01', '00011', two)).toEqual([]);
    expect(warned('01', '01', '00001', two)).toEqual(['A network that always answers "yes" is right in 80.0 % of the test pictures.']);
  });
});
