import { tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { penaltyOn, penaltySlope } from './numbers';
import { penaltyOf } from './reference';

const penalties = [
  { strength: 2, target: 5 },
  { strength: 0.5, target: 5, floor: 3 },
];

describe('the penalty', () => {
  beforeAll(() => useBackend('cpu'));

  it.each([
    // Cost, and the penalty for each of the two metrics: above, between and below target and floor.
    [7, 4, 1],
    [4, 0, 0],
    [1, 0, 1],
  ])('of a cost of %d is the same in tensors and in numbers', async (cost, first, second) => {
    const [plain, floored] = penalties.map((penalty) => penaltyOn(cost, penalty));
    expect([plain, floored]).toEqual([first, second]);
    const total = penaltyOf(tensor1d([cost, cost]), penalties);
    expect((await total.data())[0]).toBeCloseTo(first + second, 6);
  });

  it('has the slope that differences show', () => {
    for (const penalty of penalties)
      for (const cost of [1, 4, 7]) {
        const difference = (penaltyOn(cost + 1e-3, penalty) - penaltyOn(cost - 1e-3, penalty)) / 2e-3;
        expect(penaltySlope(cost, penalty)).toBeCloseTo(difference, 6);
      }
  });
});
