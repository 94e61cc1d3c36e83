/** From what a person types for a sweep to its searches, and how long they will take. */
import type { SearchClient } from '../client/searchClient';
import type { SearchConfig } from '../core/config/searchConfig';
import type { DeviceChoice } from '../core/cost/devices/index';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import { WorkbenchError } from '../core/errors';
import { readNumber } from '../core/readNumber';
import { gridCells, readSeeds, type Grid } from '../core/runs/sweep/grid';
import { planLines } from '../core/runs/sweep/plan';
import type { Shortfall } from '../core/search/constraints/constraint';
import { enforced, shortfall } from '../core/search/constraints/reach';
import { capacities, greatestTarget, withinDevice } from '../core/search/constraints/targets';
import { sayLater, type Told } from '../core/language/told';
import type { ListedRun } from '../keep/keptRun';
import type { StoredRun } from '../keep/runStorage';
import type { SpaceSummary } from '../protocol/protocol';
import { configOf } from './configOf';
import type { WorkbenchState } from './state';

/** What is typed and ticked. */
export interface SweepForm {
  readonly methods: readonly string[];
  readonly devices: readonly DeviceChoice[];
  /** Lists of limits by metric, in the units that people read; empty for no limit. */
  readonly limits: Readonly<Partial<Record<MetricId, string>>>;
  readonly paired: boolean;
  readonly seeds: string;
}

/** More would keep a page busy for weeks; the command line takes any number. */
export const MOST_CELLS = 2000;

/** Digits that a typed limit keeps of a target that a slider has set. */
const DIGITS = 6;

/** The page's own settings as the only cell. */
export function firstForm({ method, device, targets, choices }: WorkbenchState): SweepForm {
  const limits = (Object.entries(targets) as [MetricId, number][]).map(([id, target]) => [
    id,
    String(Number((target / metricTexts[id].perUnit).toPrecision(DIGITS))),
  ]);
  return {
    methods: [method],
    devices: [device],
    limits: Object.fromEntries(limits) as SweepForm['limits'],
    paired: false,
    seeds: String(choices.randomSeed),
  };
}

/** @throws WorkbenchError `invalid-setting` that says which field takes what */
export function gridOf({ methods, devices, limits, paired, seeds }: SweepForm): Grid {
  const refused = (message: Told) => new WorkbenchError('invalid-setting', message);
  if (methods.length === 0) throw refused(sayLater('Choose a method.'));
  if (devices.length === 0) throw refused(sayLater('Choose a device.'));
  const lists = (Object.entries(limits) as [MetricId, string][]).flatMap(([id, text]) => {
    const values = text.split(/[\s,;]+/).filter(Boolean);
    return values.length === 0 ? [] : [[id, values.map((one) => valueOf(id, one))] as const];
  });
  const randomSeeds = readSeeds(seeds, sayLater('Random seeds'), MOST_CELLS);
  const grid: Grid = { methods, devices, limits: Object.fromEntries(lists) as Grid['limits'], paired, randomSeeds };
  const count = gridCells({ ...grid, randomSeeds: [0] }).length * randomSeeds.length;
  if (count > MOST_CELLS)
    throw refused(
      sayLater('These are {count, number} searches; the page takes {most, number}, the command line any number. Leave some out.', {
        count,
        most: MOST_CELLS,
      }),
    );
  return grid;
}

function valueOf(id: MetricId, text: string): number {
  const { unit, perUnit } = metricTexts[id];
  const words = { metric: sayLater(metricTexts[id].name), text, unit };
  const reading = readNumber(text);
  if (reading.kind !== 'number' || reading.value <= 0)
    throw new WorkbenchError(
      'invalid-setting',
      unit
        ? sayLater('{metric} takes numbers above 0 in {unit} with commas between them, such as 20, 40, not “{text}”.', words)
        : sayLater('{metric} takes numbers above 0 with commas between them, such as 20, 40, not “{text}”.', words),
    );
  return reading.value * perUnit;
}

export interface PlannedSearches {
  readonly configs: readonly SearchConfig[];
  /** Those whose targets no network meets together, the device of the first, and by how much it falls short; null where there are none. */
  readonly unmet: { readonly count: number; readonly device: string; readonly shortfall: readonly Shortfall[] } | null;
}

/**
 * The searches, each as the page's settings with what the cell changes. Alike ones are there once.
 * @throws WorkbenchError `invalid-setting` for a cost that a device cannot tell, and a target beyond `greatestTarget`
 */
export async function configsOf(grid: Grid, state: WorkbenchState, client: Pick<SearchClient, 'call'>): Promise<PlannedSearches> {
  const spaces = new Map<string, Promise<SpaceSummary>>();
  const configs = new Map<string, SearchConfig>();
  const shortfalls = new Map<string, Shortfall[] | null>();
  const unmet = new Map<string, NonNullable<PlannedSearches['unmet']>>();
  for (const { method, device, limits, randomSeed } of gridCells(grid)) {
    const own = configOf({ ...state, method, device });
    const key = JSON.stringify([method, device]);
    const asked = spaces.get(key) ?? client.call('describeSpace', own.task, device, method, own.space);
    spaces.set(key, asked);
    const space = await asked;
    const given = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null)) as SearchConfig['targets'];
    const unknown = (Object.keys(given) as MetricId[]).find((id) => !space.table.metrics.some((metric) => metric.id === id));
    if (unknown)
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('{metric} cannot be limited on {device}, of which it is not known. Clear its list, or leave that device out.', {
          metric: sayLater(metricTexts[unknown].name),
          device: space.device.name,
        }),
      );
    const [beyond] = (Object.entries(given) as [MetricId, number][]).filter(([id, limit]) => limit > greatestTarget(space, id));
    if (beyond)
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('{metric} takes at most {most} on {device}. Write less, or clear its list for no limit.', {
          metric: sayLater(metricTexts[beyond[0]].name),
          most: metricText(beyond[0], greatestTarget(space, beyond[0])),
          device: space.device.name,
        }),
      );
    const targets = withinDevice(space, given);
    const config = { ...configOf({ ...state, method, device, targets }), randomSeed };
    const id = JSON.stringify(config);
    configs.set(id, config);
    // Random seeds change nothing of what is within reach.
    const reach = JSON.stringify([method, device, targets]);
    if (!shortfalls.has(reach)) shortfalls.set(reach, shortfall(space.table, enforced(targets, config.objective, capacities(space))));
    const missing = shortfalls.get(reach);
    if (missing) unmet.set(id, { count: 1, device: space.device.name, shortfall: missing });
  }
  const [first] = unmet.values();
  return { configs: [...configs.values()], unmet: first ? { ...first, count: unmet.size } : null };
}

/** The plan of these searches for the command line. */
export function planFile(configs: readonly SearchConfig[], { task, settings, dataset }: WorkbenchState): string {
  const counts = [`--train=${settings.trainCount}`, `--test=${settings.testCount}`];
  const ownData = dataset && !dataset.synthetic ? dataset.name : null;
  return [
    ...planLines({
      options: [`--task=${task}`, ...counts],
      dataFingerprint: null,
      ownData,
      cells: configs.map((config) => ({ key: null, config })),
    }),
  ].join('');
}

/**
 * Expected milliseconds of all searches: by the last run of each method of the task, in proportion to its epochs and examples; other methods
 * as the mean of those. Null where no search of the task is among the runs that has found its network.
 */
export async function expectedTime(
  configs: readonly SearchConfig[],
  trainCount: number,
  runs: readonly ListedRun[],
  read: (id: string) => Promise<StoredRun>,
): Promise<number | null> {
  const task = configs[0]?.task;
  const last = new Map<string, ListedRun>();
  for (const run of runs) if (run.task === task && run.state === 'finished' && !last.has(run.method)) last.set(run.method, run);
  const rates = new Map<string, number>();
  for (const [method, { id }] of last) {
    const { record } = await read(id);
    // The first result is that of the search itself; what is trained after it may bring another one.
    const own = record.told.find((event) => event.kind === 'result')?.result ?? record.result;
    if (own) rates.set(method, own.timing.totalMs / workOf(record.config, record.data.trainCount));
  }
  if (rates.size === 0) return null;
  const mean = [...rates.values()].reduce((sum, rate) => sum + rate, 0) / rates.size;
  return configs.reduce((sum, config) => sum + (rates.get(config.method) ?? mean) * workOf(config, trainCount), 0);
}

/** Examples times epochs, of which a search without gradients has a budget. */
function workOf({ epochs: { warmup, search, finetune }, budget }: SearchConfig, trainCount: number): number {
  return Math.max(1, trainCount * ((budget ?? warmup + search) + finetune));
}
