import type { MetricId } from '../../core/cost/metrics';
import type { ClassRun } from '../../store/classroom';
import type { TableOfChart } from '../charts/tableOfChart';

const metrics: readonly MetricId[] = ['flashBytes', 'ramBytes', 'latencyMs', 'energyUj', 'macs', 'params'];

/** The runs of a class as rows, with the names and units of run files. */
export function classTable(runs: readonly ClassRun[]): TableOfChart {
  return {
    head: [
      ...['run', 'member', 'task', 'method', 'device', 'randomSeed', 'trainCount', 'testCount', 'quality', 'seedNetworkQuality'],
      ...metrics,
      ...metrics.map((metric) => `target/${metric}`),
    ],
    rows: runs.map(({ at, member, task, method, device, randomSeed, trainCount, testCount, quality, seedNetwork, costs, targets }) => [
      ...[at, member, task, method, device, randomSeed, trainCount, testCount, quality, seedNetwork?.quality],
      ...metrics.map((metric) => costs[metric]),
      ...metrics.map((metric) => targets[metric]),
    ]),
  };
}
