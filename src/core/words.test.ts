import { afterEach, expect, it } from 'vitest';
import { speak } from './language/languages';
import { capital, counted, percent, signedPercent } from './words';

afterEach(() => speak('en'));

it('writes a share with one digit', () => {
  expect([0, 0.8361, 1].map(percent)).toEqual(['0.0 %', '83.6 %', '100.0 %']);
});

it('writes an error with its sign, and none below zero that rounds to zero', () => {
  expect([0.126, -0.074, -0.001].map((error) => signedPercent(error))).toEqual(['+13 %', '−7 %', '+0 %']);
  expect(signedPercent(-0.0741, 1)).toBe('−7.4 %');
});

it('counts one, none and many', () => {
  expect([0, 1, 1600].map((count) => counted(count, 'picture', 'pictures'))).toEqual(['0 pictures', '1 picture', '1,600 pictures']);
});

it('begins with a capital', () => {
  expect(capital('warm-up')).toBe('Warm-up');
});

it('counts with a measure word, and leaves a begin as it is, in Chinese', async () => {
  await speak('zh-CN');
  expect(counted(1600, 'picture', 'pictures')).toBe('1,600 张图片');
  expect(capital('预热')).toBe('预热');
});
