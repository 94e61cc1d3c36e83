/** The comparison of two steps must notice every kind of difference. */
import { describe, expect, it } from 'vitest';
import { expectSame, type Outcome } from './training';

const row = [0.5, -1, 2];
const names = ['conv/kernel', 'bn/movingMean', 'mixed'];
const outcome = (optimizer: Outcome['optimizer']): Outcome => ({
  optimizer,
  metrics: [[...row], [...row]],
  gradients: new Map(names.map((name) => [name, Float32Array.from(row)])),
  values: new Map(names.map((name) => [name, Float32Array.from(row)])),
});
const parts: readonly (readonly [string, (outcome: Outcome) => (number[] | Float32Array)[]])[] = [
  ['metric', ({ metrics }) => [...metrics]],
  ['gradient', ({ gradients }) => [...gradients.values()]],
  ['value at the end', ({ values }) => [...values.values()]],
];

describe.each(['sgd', 'momentum', 'adam'] as const)('the comparison of two steps with %s', (optimizer) => {
  const compare = (change: (changed: Outcome) => void) => () => {
    const changed = outcome(optimizer);
    change(changed);
    expectSame(changed, outcome(optimizer));
  };

  it('takes equal ones, and ones that rounding tells apart', () => {
    expect(compare(() => {})).not.toThrow();
    expect(compare(({ metrics }) => ((metrics[1] as number[])[2] = 2 + 1e-5))).not.toThrow();
  });

  it.each(parts)('notices each %s that differs or is no number', (_, of) => {
    for (const [part, numbers] of of(outcome(optimizer)).entries())
      for (const index of numbers.keys())
        for (const wrong of [0.2, NaN])
          expect(
            compare((changed) => ((of(changed)[part] as number[])[index] = wrong)),
            `${part}, ${index}`,
          ).toThrow();
  });

  it('notices what is missing and what is too much', () => {
    for (const change of [
      ({ metrics }: Outcome) => (metrics as number[][]).pop(),
      ({ metrics }: Outcome) => (metrics as number[][]).push(row),
      ({ gradients }: Outcome) => (gradients as Map<string, Float32Array>).delete('mixed'),
      ({ values }: Outcome) => (values as Map<string, Float32Array>).delete('conv/kernel'),
      ({ values }: Outcome) => (values as Map<string, Float32Array>).set('more', Float32Array.from(row)),
    ])
      expect(compare(change)).toThrow();
  });
});
