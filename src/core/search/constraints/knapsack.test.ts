import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../random';
import { solveKnapsack, type Knapsack } from './knapsack';

/** Every choice, one after the other. */
function* everyChoice(sizes: readonly number[]): Generator<number[]> {
  const [size, ...rest] = sizes;
  if (size === undefined) yield [];
  else for (let pick = 0; pick < size; pick++) for (const others of everyChoice(rest)) yield [pick, ...others];
}

function totals({ costs, fixed }: Knapsack, choice: readonly number[]): number[] {
  return fixed.map((cost, constraint) =>
    choice.reduce((total, pick, position) => total + (costs[position]?.[pick]?.[constraint] ?? NaN), cost),
  );
}

const scoreOf = ({ scores }: Knapsack, choice: readonly number[]) =>
  choice.reduce((total, pick, position) => total + (scores[position]?.[pick] ?? NaN), 0);

/** The best score over every choice that fits, null when none fits. */
function bruteForce(problem: Knapsack): number | null {
  let best: number | null = null;
  for (const choice of everyChoice(problem.scores.map((candidates) => candidates.length))) {
    const fits = totals(problem, choice).every((total, constraint) => problem.fits(total, constraint));
    if (fits && (best === null || scoreOf(problem, choice) > best)) best = scoreOf(problem, choice);
  }
  return best;
}

function randomProblem(random: Random, constraints: number): Knapsack {
  const positions = 1 + random.integer(5);
  const sizes = Array.from({ length: positions }, () => 1 + random.integer(4));
  const costs = sizes.map((size) => Array.from({ length: size }, () => Array.from({ length: constraints }, () => random.integer(20))));
  const limits = Array.from({ length: constraints }, () => 8 + random.integer(14 * positions));
  return {
    scores: sizes.map((size) => Array.from({ length: size }, () => Math.log(0.01 + random.uniform()))),
    costs,
    fixed: Array.from({ length: constraints }, () => random.integer(10)),
    fits: (total, constraint) => total <= (limits[constraint] as number),
  };
}

describe('solveKnapsack', () => {
  it.each([1, 2, 3])('equals brute force on 400 random problems with %i constraints', (constraints) => {
    const random = createRandom(constraints, 'knapsack test');
    let infeasible = 0;
    for (let round = 0; round < 400; round++) {
      const problem = randomProblem(random, constraints);
      const best = bruteForce(problem);
      const choice = solveKnapsack(problem);
      if (best === null) {
        infeasible += 1;
        expect(choice).toBeNull();
      } else {
        expect(choice).not.toBeNull();
        expect(totals(problem, choice as number[]).every((total, constraint) => problem.fits(total, constraint))).toBe(true);
        expect(scoreOf(problem, choice as number[])).toBeCloseTo(best, 10);
      }
    }
    expect(infeasible).toBeGreaterThan(20);
    expect(infeasible).toBeLessThan(380);
  });

  it('takes the best of each position when nothing is limited', () => {
    expect(
      solveKnapsack({
        scores: [
          [1, 3, 2],
          [5, 4],
        ],
        costs: [
          [[], [], []],
          [[], []],
        ],
        fixed: [],
        fits: () => true,
      }),
    ).toEqual([1, 0]);
  });

  it('accepts a total that equals its limit', () => {
    const problem = { scores: [[0, 1]], costs: [[[1], [5]]], fixed: [2], fits: (total: number) => total <= 7 };
    expect(solveKnapsack(problem)).toEqual([1]);
  });
});
