/** Summaries of kept runs, for tests of lists. */
import type { ListedRun, RunSummary } from '../../src/keep/keptRun';
import { unlabelled } from '../../src/keep/keptRun';

export function summaryFor(id: string): RunSummary {
  return {
    id,
    started: 0,
    changed: 0,
    state: 'finished',
    task: 'ic',
    method: 'supernet',
    device: 'gap8',
    backend: 'wasm',
    randomSeed: 1,
    data: { name: 'Built-in shapes', synthetic: true, trainCount: 20, testCount: 10 },
    step: 10,
    steps: 10,
    quality: 0.5,
    costs: { flashBytes: 1000, latencyMs: 1 },
    seedNetwork: null,
    targets: { flashBytes: 2000 },
    checkpointBytes: 0,
    furthered: false,
    imported: false,
  };
}

/** Many different runs. */
export function manyRuns(count: number): ListedRun[] {
  const of = <T>(values: readonly T[], index: number) => values[index % values.length] as T;
  return Array.from({ length: count }, (_, index) => ({
    ...summaryFor(`run-${index}`),
    started: index * 60_000,
    task: of(['ic', 'kws', 'vww'], index),
    method: of(['supernet', 'pit', 'random', 'evolution'], index),
    device: of(['gap8', 'stm32l4r5'], index),
    state: of(['finished', 'finished', 'stopped', 'failed', 'underWay'] as const, index),
    randomSeed: index,
    quality: index % 7 === 0 ? null : ((index * 37) % 100) / 100,
    costs: { flashBytes: (index * 7919) % 80_000, latencyMs: (index * 31) % 9 },
    label: { ...unlabelled(`run-${index}`), note: index === 123 ? 'the Zürich board' : '', starred: index % 10 === 0 },
    held: index === 4,
  }));
}
