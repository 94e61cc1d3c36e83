import { describe, expect, it } from 'vitest';
import { said } from '../../language/told';
import { assertUnitsPlausible, inUnits, unitChoices, type MeasuredUnits } from './measuredUnits';
import type { Measurement } from './measurement';
import { publishedBoards, publishedGap9, type PublishedBoard } from './publishedBoards';

/** A processor with a programmable accelerator: some 1.7 W. */
const fast: readonly Measurement[] = [
  { network: 'ic', latencyMs: 1.51, energyUj: 2530 },
  { network: 'kws', latencyMs: 0.0175, energyUj: 30.7 },
];
const slow: readonly Measurement[] = [
  { network: 'ic', latencyMs: 317.864, energyUj: null },
  { network: 'ad', latencyMs: 6.288, energyUj: null },
];
/** The same, written as numbers of other units. */
const writtenIn = (measurements: readonly Measurement[], times: number, energies = 1) =>
  measurements.map(({ network, latencyMs, energyUj }) => ({
    network,
    latencyMs: latencyMs / times,
    energyUj: energyUj && energyUj / energies,
  }));
const asked = (measurements: readonly Measurement[]) => {
  try {
    assertUnitsPlausible(measurements);
  } catch (error) {
    return { text: (error as Error).message, choices: unitChoices(error) };
  }
  return null;
};

describe('the units of a table', () => {
  it.each([...publishedBoards, publishedGap9])('are not asked about for a real board: $board, $software', ({ rows }: PublishedBoard) => {
    expect(asked(Object.entries(rows).map(([network, row]) => ({ network, ...row })))).toBeNull();
  });

  it('are not asked about as long as one time is a millisecond or more', () => {
    expect(asked(fast)).toBeNull();
    expect(asked(slow)).toBeNull();
  });

  it.each<[string, readonly Measurement[], RegExp, readonly MeasuredUnits[], string]>([
    ['seconds', writtenIn(slow, 1000), /every time is below 1 ms \(the longest is 0.32 ms\)/, [{ time: 's', energy: 'uJ' }], 'seconds'],
    [
      'joules',
      writtenIn(fast, 1, 1e6),
      /ic draws 0.0017 mW \(energy over time\), which is not between 1 mW and 10 W/,
      [
        { time: 'ms', energy: 'J' },
        { time: 'ms', energy: 'mJ' },
      ],
      'milliseconds and joules (1.7 W)',
    ],
    [
      'seconds and joules',
      writtenIn(fast, 1000, 1e6),
      /every time is below 1 ms/,
      [
        { time: 's', energy: 'J' },
        { time: 's', energy: 'mJ' },
      ],
      'seconds and joules (1.7 W)',
    ],
    [
      'nanojoules',
      writtenIn(fast, 1, 1e-3),
      /ic draws 1700 W/,
      [
        { time: 's', energy: 'uJ' },
        { time: 'ms', energy: 'nJ' },
      ],
      'seconds and microjoules (1.7 W)',
    ],
  ])('are asked about where %s stand for others', (_, measurements, text, units, first) => {
    const question = asked(measurements);
    expect(question?.text).toMatch(text);
    expect(question?.choices.map((choice) => choice.units)).toEqual([...units, { time: 'ms', energy: 'uJ' }]);
    expect(question?.choices.map((choice) => said(choice.text))[0]).toBe(first);
    for (const choice of units) expect(asked(inUnits(measurements, choice))).toBeNull();
  });

  it('can only stay where no other explains the numbers', () => {
    const typo = [...fast, { network: 'ad', latencyMs: 0.02, energyUj: 3e9 }];
    expect(asked(typo)?.choices.map(({ units }) => units)).toEqual([{ time: 'ms', energy: 'uJ' }]);
  });
});
