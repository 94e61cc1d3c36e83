/**
 * Checks whether a table's numbers can be in the units that its columns name: people write seconds for milliseconds, and joules for
 * microjoules. If they look wrong, the person is asked, since a small accelerator may really be that fast.
 */
import { WorkbenchError } from '../../errors';
import { word } from '../../language/say';
import { sayLater, type Told } from '../../language/told';
import type { Measurement } from './measurement';

/** Milliseconds in a unit of time, microjoules in a unit of energy. */
export const unitSizes = {
  time: { s: 1000, ms: 1, us: 1e-3 },
  energy: { J: 1e6, mJ: 1000, uJ: 1, nJ: 1e-3 },
} as const;

/** The units that a table's numbers are in. */
export interface MeasuredUnits {
  readonly time: keyof (typeof unitSizes)['time'];
  readonly energy: keyof (typeof unitSizes)['energy'];
}

/** Those that the columns latencyMs and energyUj name. */
export const columnUnits: MeasuredUnits = { time: 'ms', energy: 'uJ' };

/** Units to choose from, and what the numbers mean in them. */
export interface UnitChoice {
  readonly units: MeasuredUnits;
  /** Such as "seconds and joules (1.7 W)". */
  readonly text: Told;
}

/** A processor for small networks takes at least so long for one of them, and draws a power between these. */
const LEAST_LONGEST_MS = 1;
const LEAST_W = 1e-3;
const MOST_W = 10;

const unitNames = {
  time: { s: word('seconds'), ms: word('milliseconds'), us: word('microseconds') },
  energy: { J: word('joules'), mJ: word('millijoules'), uJ: word('microjoules'), nJ: word('nanojoules') },
} as const;

/** Converts measurements whose numbers are in other units than milliseconds and microjoules. */
export function inUnits(measurements: readonly Measurement[], { time, energy }: MeasuredUnits): Measurement[] {
  return measurements.map(({ network, latencyMs, energyUj }) => ({
    network,
    latencyMs: latencyMs * unitSizes.time[time],
    energyUj: energyUj && energyUj * unitSizes.energy[energy],
  }));
}

/**
 * @throws WorkbenchError `invalid-setting` when every time is below 1 ms, or energy over time lies outside 1 mW to 10 W; it
 *   carries the `unitChoices`
 */
export function assertUnitsPlausible(measurements: readonly Measurement[]): void {
  const doubts = doubtsOf(measurements);
  if (doubts.length === 0) return;
  const choices = choicesFor(measurements);
  throw new WorkbenchError('invalid-setting', doubtText(doubts), { choices });
}

/** The possible units of a refused table, with those that its columns name last; empty for any other error. */
export function unitChoices(error: unknown): readonly UnitChoice[] {
  if (!(error instanceof WorkbenchError)) return [];
  return (error.details as { readonly choices?: readonly UnitChoice[] }).choices ?? [];
}

const doubtText = ([one, other]: readonly Told[]) =>
  other === undefined
    ? sayLater('The units of the table look wrong: {doubt}. Which units are they?', { doubt: one as Told })
    : sayLater('The units of the table look wrong: {doubt}, and {other}. Which units are they?', { doubt: one as Told, other });

function doubtsOf(measurements: readonly Measurement[]): Told[] {
  const longest = Math.max(...measurements.map(({ latencyMs }) => latencyMs));
  const odd = measurements.find((measurement) => {
    const watts = wattsOf(measurement);
    return watts !== null && (watts < LEAST_W || watts > MOST_W);
  });
  return [
    ...(longest < LEAST_LONGEST_MS
      ? [sayLater('every time is below {least} ms (the longest is {longest} ms)', { least: LEAST_LONGEST_MS, longest: digits(longest) })]
      : []),
    ...(odd
      ? [
          sayLater('{network} draws {power} (energy over time), which is not between 1 mW and 10 W', {
            network: odd.network,
            power: powerText(wattsOf(odd) as number),
          }),
        ]
      : []),
  ];
}

/** The units with the fewest changes that look right, and those that the columns name. */
function choicesFor(measurements: readonly Measurement[]): UnitChoice[] {
  const energies = measurements.some(({ energyUj }) => energyUj !== null) ? keysOf(unitSizes.energy) : [columnUnits.energy];
  const all = keysOf(unitSizes.time).flatMap((time) => energies.map((energy) => ({ time, energy })));
  const plausible = all.filter((units) => doubtsOf(inUnits(measurements, units)).length === 0);
  const changes = ({ time, energy }: MeasuredUnits) => Number(time !== columnUnits.time) + Number(energy !== columnUnits.energy);
  const fewest = Math.min(...plausible.map(changes));
  return [...plausible.filter((units) => changes(units) === fewest), columnUnits].map((units) => ({
    units,
    text: textOf(inUnits(measurements, units), units),
  }));
}

function textOf(measurements: readonly Measurement[], { time, energy }: MeasuredUnits): Told {
  const measured = measurements.find(({ energyUj }) => energyUj !== null);
  if (!measured) return sayLater(unitNames.time[time]);
  return sayLater('{time} and {energy} ({power})', {
    time: sayLater(unitNames.time[time]),
    energy: sayLater(unitNames.energy[energy]),
    power: powerText(wattsOf(measured) as number),
  });
}

function wattsOf({ latencyMs, energyUj }: Measurement): number | null {
  return energyUj === null ? null : energyUj / latencyMs / 1000;
}

/** "1.7 W", "41 mW", "0.0017 mW" */
function powerText(watts: number): string {
  return watts >= 1 ? `${digits(watts)} W` : `${digits(1000 * watts)} mW`;
}

const digits = (value: number) => Number(value.toPrecision(2)).toString();

function keysOf<Key extends string>(object: Readonly<Record<Key, number>>): Key[] {
  return Object.keys(object) as Key[];
}
