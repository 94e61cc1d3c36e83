/** Small searches for tests: the real task and space, few examples. */
import { shapeDataset } from '../../src/core/data/shapes';
import type { SearchEvent } from '../../src/core/search/events';
import type { Controls } from '../../src/core/search/pressure';
import type { SearchDependencies } from '../../src/core/search/kit';
import { Search } from '../../src/core/runs/search';
import { unlessChosen } from '../../src/core/config/settings';
import type { SearchConfig } from '../../src/core/config/searchConfig';
import { quick } from '../../src/core/tasks/presets';
import { heapBytes } from '../../src/backends/backend';
import type { Engine } from '../../src/core/search/training/engine';
import { nodeKernels } from '../../src/backends/nodeKernels';
import { engine } from '../../src/training/engine';

export const smallConfig: SearchConfig = {
  ...quick,
  ...unlessChosen,
  // As in the paper; tests of the other choices say so.
  start: { candidates: 'even', channels: 'even' },
  shortlist: 1,
  task: 'ic',
  method: 'supernet',
  device: 'gap8',
  targets: { flashBytes: 40_000, latencyMs: 6 },
  epochs: { warmup: 1, search: 2, finetune: 1 },
  batchSize: 4,
  objective: null,
  augment: true,
  validationShare: 0.2,
  randomSeed: 7,
  seedNetwork: false,
};

/** This engine is ten times as fast as the reference; it has one thread, because test files run in parallel. */
const fusedEngine = engine({ ...nodeKernels, threads: 1 });

export const dependencies: SearchDependencies = {
  host: { now: () => performance.now(), readIntervalMs: 0, heapBytes, pause: () => Promise.resolve() },
  ...fusedEngine,
};

/** A search on a few built-in examples, not yet run. The caller disposes it. */
export function smallSearch(
  config: Partial<SearchConfig> = {},
  trainCount = 20,
  chosen: Engine = fusedEngine,
): { search: Search; controls: Controls } {
  const whole = { ...smallConfig, ...config };
  const controls: Controls = { targets: whole.targets, revision: 0, eager: false };
  return { search: new Search(whole, shapeDataset(trainCount, 10), controls, { ...dependencies, ...chosen }), controls };
}

/** Runs a search to its end; `watch` receives every event as it comes. */
export async function runToEnd(search: Search, watch: (event: SearchEvent) => void = () => {}): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of search.run()) {
    events.push(event);
    watch(event);
  }
  return events;
}

/** Everything that must repeat from run to run: all but times. */
export function timeless(events: readonly SearchEvent[]): unknown[] {
  return events
    .filter(({ kind }) => kind !== 'step' && kind !== 'metrics')
    .map((event) => (event.kind === 'result' ? { ...event, result: { ...event.result, timing: null } } : event));
}

/** Every metric value of a run, in order, no matter how events group them. */
export function metricValues(events: readonly SearchEvent[]): number[] {
  return events.flatMap((event) => (event.kind === 'metrics' ? [...event.values] : []));
}
