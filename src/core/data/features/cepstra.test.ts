import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fractions, signal, type Recipe } from '../../../../tests/support/sounds';
import { mfcc } from './mfcc';
import { mlperfMfcc } from './mlperfMfcc';

interface Case {
  readonly recipe: Recipe;
  readonly sumOfInt16: number;
  readonly mfcc: Readonly<Record<string, readonly number[]>>;
  readonly mlperfMfcc: Readonly<Record<string, readonly number[]>>;
}
const golden = new URL('../../../../tests/golden/features/cepstra.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(golden, 'utf8')) as { cases: Readonly<Record<string, Case>> };

describe.each(Object.entries(cases))('cepstral coefficients of %s', (_, golden) => {
  const samples = signal(golden.recipe, 16_000);

  it('are computed from the signal that the golden values are of', () => {
    expect(samples.reduce((sum, sample) => sum + sample, 0)).toBe(golden.sumOfInt16);
  });

  it.each([
    ['torchaudio’s', mfcc, golden.mfcc],
    ['MLPerf Tiny’s', mlperfMfcc, golden.mlperfMfcc],
  ] as const)('are %s to 1e-4', (__, feature, frames) => {
    const values = feature(fractions(samples));
    expect(values).toHaveLength(490);
    for (const [frame, wanted] of Object.entries(frames))
      wanted.forEach((value, k) => expect(Math.abs((values[Number(frame) * 10 + k] as number) - value)).toBeLessThan(1e-4));
  });
});

describe('cepstral coefficients', () => {
  it('of MLPerf Tiny are equal for all loudnesses, torchaudio’s are not', () => {
    const loud = fractions(signal({ seed: 1, chirp: 0.3, f0: 200, f1: 3400, tone: 0.2, ft: 1000, noise: 0.02 }, 16_000));
    const quiet = loud.map((sample) => sample / 8);
    const greatest = (feature: (samples: Float32Array) => Float32Array) => {
      const other = feature(quiet);
      return feature(loud).reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] as number))), 0);
    };
    expect(greatest(mlperfMfcc)).toBeLessThan(1e-4);
    expect(greatest(mfcc)).toBeGreaterThan(5);
  });

  it('refuse what is not one second', () => {
    expect(() => mfcc(new Float32Array(15_999))).toThrow('15999');
  });
});
