import { describe, expect, it } from 'vitest';
import { ambiguityText, readCount, readNumber } from './readNumber';

const numbers: readonly (readonly [string, number])[] = [
  ['5', 5],
  ['5.5', 5.5],
  ['5,5', 5.5],
  [' 0,25 ', 0.25],
  [',5', 0.5],
  ['5,', 5],
  ['-1,5', -1.5],
  ['−2', -2],
  ['1,5e-3', 1.5e-3],
  ['1E6', 1e6],
  ['0,125', 0.125],
  ['12,3456', 12.3456],
  ['1234,567', 1234.567],
  ['1.000,5', 1000.5],
  ['1,000.5', 1000.5],
  ['1.234,567', 1234.567],
  ['1,000,000', 1e6],
  ['1.000.000', 1e6],
  ['1 000,5', 1000.5],
  ['1\u202f000', 1000],
  ['1’000.5', 1000.5],
];
const nothing = [
  '',
  ' ',
  ',',
  '.',
  'fast',
  '5 ms',
  '1,5,5',
  '1.5.5',
  '1,00,000',
  '1 00',
  '0x10',
  'Infinity',
  'NaN',
  '1e999',
  '--1',
  '1e',
  '1,5.5',
];

describe('a typed number', () => {
  it.each(numbers)('%j is %d', (text, value) => {
    expect(readNumber(text)).toEqual({ kind: 'number', value });
    expect(readCount(text)).toEqual({ kind: 'number', value });
  });

  it.each(nothing)('%j is none', (text) => {
    expect(readNumber(text)).toEqual({ kind: 'none' });
    expect(readCount(text)).toEqual({ kind: 'none' });
  });

  it('is ambiguous with a comma before three digits, in words that tell both readings', () => {
    expect(readNumber('1,000')).toEqual({ kind: 'ambiguous', readings: [1, 1000] });
    expect(readNumber('317,864')).toEqual({ kind: 'ambiguous', readings: [317.864, 317864] });
    expect(ambiguityText('317,864', [317.864, 317864])).toBe('“317,864” could be 317.864 or 317864: write it as one of these');
  });

  it('has a decimal point, but for counts, where a point may set thousands apart', () => {
    expect(readNumber('7.871')).toEqual({ kind: 'number', value: 7.871 });
    expect(readCount('8.000')).toEqual({ kind: 'ambiguous', readings: [8, 8000] });
    expect(readCount('16.0')).toEqual({ kind: 'number', value: 16 });
  });

  it('is read back from what a program writes', () => {
    for (const value of [0, 0.003, 1e-7, 1.5e21, 123456.789, -4]) expect(readNumber(String(value))).toEqual({ kind: 'number', value });
  });
});
