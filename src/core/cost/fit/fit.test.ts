import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planNetwork } from '../../network/plan';
import { createRandom } from '../../random';
import { fitted } from '../devices/fitted';
import { benchmarks } from './benchmarks';
import { fitPublishedBoards, type BoardFit } from './boardFit';
import { cycleModelOf, featuresOf, fitCycles, predictCycles } from './cycleFit';
import { dot, nonNegativeLeastSquares } from './leastSquares';
import { publishedBoards } from './publishedBoards';
import { errorTables, fittedModels } from './report';

const features = Object.values(benchmarks).map((network) => featuresOf(planNetwork(network)));

describe('nonNegativeLeastSquares', () => {
  it('finds the solution of a system that has one', () => {
    const random = createRandom(1, 'least squares');
    const truth = [0.5, 2, 0, 1];
    const rows = Array.from({ length: 8 }, () => truth.map(() => random.uniform()));
    const found = nonNegativeLeastSquares(
      rows,
      rows.map((row) => dot(row, truth)),
    );
    found.forEach((value, index) => expect(value).toBeCloseTo(truth[index] as number, 6));
  });

  it('cuts at 0 what would be negative, and is best there: no coefficient can move to lower the sum', () => {
    const random = createRandom(2, 'least squares');
    for (let round = 0; round < 50; round++) {
      const rows = Array.from({ length: 6 }, () => [random.uniform(), random.uniform(), random.uniform()]);
      const b = rows.map(() => random.uniform() - 0.5);
      const found = nonNegativeLeastSquares(rows, b);
      const left = rows.map((row, index) => dot(row, found) - (b[index] as number));
      found.forEach((value, index) => {
        const slope = dot(
          rows.map((row) => row[index] as number),
          left,
        );
        expect(value).toBeGreaterThanOrEqual(0);
        if (value > 0) expect(slope).toBeCloseTo(0, 8);
        else expect(slope).toBeGreaterThanOrEqual(-1e-9);
      });
    }
  });
});

describe('the cycle model', () => {
  it('sees in a network what its layers have to do', () => {
    // ResNet-8 has 262,144 multiply-accumulates in 1x1 convolutions and 640 in its dense layer; the autoencoder is all dense.
    expect(features[0]).toEqual([12_238_848, 262_144, 0, 640, 73_728, 12_288, 0, 10, 1]);
    expect(features[3]).toEqual([0, 0, 0, 264_192, 0, 0, 0, 1_672, 1]);
  });

  it('comes out as it was when boards behave alike but for their speed', () => {
    const profile = [1.1, 0.9, 1.4, 1.6, 12, 9, 11, 10, 22_000];
    const speeds = [0.3, 1, 5];
    const boards = speeds.map((speed) => features.map((row) => ({ features: row, cycles: speed * dot(profile, row) })));
    fitCycles(boards).forEach((coefficients, board) =>
      features.forEach((row) =>
        expect(predictCycles(coefficients, row) / ((speeds[board] as number) * dot(profile, row))).toBeCloseTo(1, 1),
      ),
    );
  });

  it('doubles with the measured cycles', () => {
    const measured = features.map((row, index) => ({ features: row, cycles: [2e7, 1.1e7, 5e6, 6e5][index] as number }));
    const [once] = fitCycles([measured]);
    const [twice] = fitCycles([measured.map(({ features: row, cycles }) => ({ features: row, cycles: 2 * cycles }))]);
    once?.forEach((value, index) => expect((twice?.[index] as number) / value).toBeCloseTo(2, 6));
  });

  it('lets no kind of work be free, whatever was measured', () => {
    const odd = features.map((row, index) => ({ features: row, cycles: [1e3, 1e9, 10, 1e7][index] as number }));
    for (const value of fitCycles([odd])[0] as readonly number[]) expect(value).toBeGreaterThan(0);
  });

  it('follows a single measurement', () => {
    const row = features[0] as readonly number[];
    const [coefficients] = fitCycles([[{ features: row, cycles: 3e7 }]]);
    expect(predictCycles(coefficients as readonly number[], row) / 3e7).toBeCloseTo(1, 6);
    expect(cycleModelOf(coefficients as readonly number[]).cyclesPerMac.conv2d).toBeGreaterThan(0);
  });
});

describe('the fit of the published boards', () => {
  const fits = fitPublishedBoards(publishedBoards);

  it('gives the coefficients that devices have, and the documented errors: else run `npm run -s fit`', () => {
    const { gap9, ...models } = fitted;
    expect(fittedModels(fits)).toEqual(models);
    expect(gap9.powerW).toBeGreaterThan(0);
    const docs = readFileSync(new URL('../../../../docs/cost-models.md', import.meta.url), 'utf8');
    const shown = docs.slice(docs.indexOf('<!-- fit: start -->'), docs.indexOf('<!-- fit: end -->'));
    const [any] = fits as [BoardFit];
    const tables = errorTables(fits, { time: any.fitted, energy: any.fitted });
    expect(shown).toContain(tables.slice(0, tables.indexOf('GAP9')));
  });

  it('finds no kind of work free on any board', () => {
    for (const { coefficients } of fits) expect(Math.min(...coefficients)).toBeGreaterThan(0);
  });

  it('is off by less than a quarter on networks it has seen, and by no more than two thirds on others', () => {
    for (const { fitted: seen, leftOut } of fits) {
      for (const error of Object.values(seen)) expect(Math.abs(error)).toBeLessThan(0.25);
      for (const error of Object.values(leftOut)) expect(Math.abs(error)).toBeLessThan(0.67);
    }
  });
});
