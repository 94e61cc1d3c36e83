/** The cells of a sweep: searches that differ in method, device, limits and random seed. */
import { WorkbenchError } from '../../errors';
import { listLater } from '../../language/lists';
import { sayLater, type Told } from '../../language/told';
import type { DeviceChoice } from '../../cost/devices/index';
import type { MetricId } from '../../cost/metrics';
import { MOST_SEED } from '../../random';

/** Limits by metric; null where a cost has no limit. A metric that is left out gets its usual target. */
export type CellLimits = Readonly<Partial<Record<MetricId, number | null>>>;

export interface Grid {
  /** Ids of strategies. */
  readonly methods: readonly string[];
  readonly devices: readonly DeviceChoice[];
  readonly limits: Readonly<Partial<Record<MetricId, readonly (number | null)[]>>>;
  /** Whether the first limit of each metric belongs to the first of each other, and so on; otherwise each is crossed with each. */
  readonly paired: boolean;
  readonly randomSeeds: readonly number[];
}

export interface GridCell {
  readonly method: string;
  readonly device: DeviceChoice;
  readonly limits: CellLimits;
  readonly randomSeed: number;
}

/**
 * All cells, those of the first random seed first, so that even the first part of a sweep covers the grid.
 * @throws WorkbenchError `invalid-setting` for paired limits of unequal number
 */
export function gridCells({ methods, devices, limits, paired, randomSeeds }: Grid): GridCell[] {
  const all = paired ? pairs(limits) : crossed(limits);
  return randomSeeds.flatMap((randomSeed) =>
    methods.flatMap((method) => devices.flatMap((device) => all.map((one) => ({ method, device, limits: one, randomSeed })))),
  );
}

const entriesOf = (limits: Grid['limits']) => Object.entries(limits) as [MetricId, readonly (number | null)[]][];

function crossed(limits: Grid['limits']): CellLimits[] {
  return entriesOf(limits).reduce<CellLimits[]>(
    (before, [metric, values]) => before.flatMap((one) => values.map((value) => ({ ...one, [metric]: value }))),
    [{}],
  );
}

function pairs(limits: Grid['limits']): CellLimits[] {
  const entries = entriesOf(limits);
  const counts = [...new Set(entries.map(([, values]) => values.length))];
  if (counts.length > 1)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('Paired limits belong together in their order, so each list has equally many; these have {numbers}. Give as many of each.', {
        numbers: listLater(entries.map(([, { length }]) => String(length))),
      }),
    );
  return Array.from({ length: counts[0] ?? 1 }, (_, index) =>
    Object.fromEntries(entries.map(([metric, values]) => [metric, values[index] as number | null])),
  );
}

/** More than anybody waits for. */
const MOST_SEEDS = 100_000;

/**
 * Random seeds as people list them: "1-5", "3", "1,4,7-9".
 * @param name what the text is called, for the message
 * @param most seeds that are taken
 * @throws WorkbenchError `invalid-setting` for anything else
 */
export function readSeeds(text: string, name: Told, most = MOST_SEEDS): number[] {
  const seeds = new Set<number>();
  const refused = (message: Told) => new WorkbenchError('invalid-setting', message);
  for (const part of text.split(/[,，]/)) {
    const [, from = '', to = from] = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === '' || last < first)
      throw refused(sayLater('{name} takes numbers and ranges, such as 1-5 or 1,4,7-9, not "{text}"', { name, text }));
    if (last > MOST_SEED)
      throw refused(sayLater('{name} takes numbers up to {most}, not "{text}"', { name, most: String(MOST_SEED), text }));
    if (seeds.size + last - first >= most)
      throw refused(
        sayLater('{name} takes at most {most, number} seeds at once, and "{text}" lists more. Leave some out.', { name, most, text }),
      );
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  return [...seeds];
}
