import { describe, expect, it } from 'vitest';
import type { Answers } from '../task';
import { auc } from './auc';

/** Recordings of one example each. */
function answers(rows: readonly (readonly [loss: number, fault: 0 | 1, group?: number])[]): Answers {
  return {
    outputs: new Float32Array(),
    size: 0,
    losses: Float32Array.from(rows, ([loss]) => loss),
    labels: Uint8Array.from(rows, ([, fault]) => fault),
    groups: Uint8Array.from(rows, ([, , group = 0]) => group),
    recordings: null,
  };
}

describe('the area under the curve', () => {
  it.each([
    [
      'a faultless order',
      answers([
        [1, 0],
        [2, 0],
        [3, 1],
        [4, 1],
      ]),
      1,
    ],
    [
      'the reverse',
      answers([
        [4, 0],
        [3, 0],
        [2, 1],
        [1, 1],
      ]),
      0,
    ],
    [
      'equal scores',
      answers([
        [1, 0],
        [1, 1],
        [1, 0],
      ]),
      0.5,
    ],
    // Of 6 pairs 4 are in order and 1 is a tie.
    [
      'a tie in between',
      answers([
        [1, 0],
        [2, 0],
        [3, 0],
        [2, 1],
        [4, 1],
      ]),
      4.5 / 6,
    ],
  ])('of %s', (_, given, expected) => {
    expect(auc.of(given)).toBeCloseTo(expected, 12);
  });

  it('is the share of pairs in order, for random scores with ties', () => {
    let seed = 7;
    const next = () => (seed = (seed * 16_807) % 2_147_483_647);
    const rows = Array.from({ length: 60 }, () => [next() % 9, (next() % 2) as 0 | 1] as const);
    const [normal, faults] = [0, 1].map((kind) => rows.filter(([, fault]) => fault === kind).map(([score]) => score));
    const pairs = (faults as number[]).flatMap((fault) =>
      (normal as number[]).map((other) => (fault > other ? 1 : fault === other ? 0.5 : 0)),
    );
    expect(auc.of(answers(rows))).toBeCloseTo(pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length, 12);
  });

  it('is the mean over machines; one that was heard with one kind of sound alone does not count', () => {
    const rows = [
      [1, 0, 3],
      [2, 1, 3],
      [2, 0, 5],
      [1, 1, 5],
      [9, 0, 1],
    ] as const;
    expect(auc.of(answers(rows))).toBe(0.5);
    expect(auc.parts?.(answers(rows), ['a', 'b', 'c', 'fan', 'd', 'pump'])).toMatchObject([
      { label: 'AUC, fan', value: 1 },
      { label: 'AUC, pump', value: 0 },
      { label: 'Partial AUC up to 10 % false alarms, mean' },
    ]);
    const normal = answers([
      [1, 0],
      [2, 0],
    ]);
    expect(() => auc.of(normal)).toThrow('of the 2 test examples no machine has both');
  });

  it('is no number where a loss is none', () => {
    const diverged = answers([
      [1, 0],
      [NaN, 0],
      [3, 1],
    ]);
    expect(auc.of(diverged)).toBeNaN();
    expect(auc.parts?.(diverged, ['one']).map(({ value }) => value)).toEqual([NaN, NaN]);
  });

  it('judges a recording by the mean loss of its examples', () => {
    // Single examples are in order; the recordings' means 2 and 1.5 are not.
    const given = answers([
      [0, 0],
      [4, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(auc.of({ ...given, recordings: Uint32Array.of(0, 0, 1, 1) })).toBe(0);
  });

  it('has a partial area of 1 for a faultless order and of 0.5 for equal scores', () => {
    const partial = (given: Answers) => auc.parts?.(given, []).at(-1)?.value;
    expect(
      partial(
        answers([
          [1, 0],
          [2, 1],
        ]),
      ),
    ).toBeCloseTo(1, 12);
    expect(
      partial(
        answers([
          [1, 0],
          [1, 1],
        ]),
      ),
    ).toBeCloseTo(0.5, 12);
    // 20 normal recordings, one above all faults: half of the region finds nothing, the other half everything.
    const rows = Array.from({ length: 20 }, (_, index) => [index === 0 ? 9 : 1, 0] as const);
    expect(partial(answers([...rows, [5, 1]]))).toBeCloseTo((1 + (0.05 - 0.005) / (0.1 - 0.005)) / 2, 12);
  });
});
