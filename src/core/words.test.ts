import { expect, it } from 'vitest';
import { capital, counted, percent, signedPercent } from './words';

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
