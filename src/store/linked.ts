/** What a link says of the page or of a run, and how the page takes the settings of a link. */
import { WorkbenchError } from '../core/errors';
import type { SearchConfig } from '../core/config/searchConfig';
import { metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import type { LinkedSettings } from '../core/runs/linkedSettings';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import type { RunData } from '../core/runs/runFile';
import { withinDevice } from '../core/search/constraints/targets';
import { taskFor } from '../core/tasks/index';
import { canSearch } from '../core/tasks/task';
import { sayLater, type Told } from '../core/language/told';
import type { DataLimits } from '../protocol/protocol';
import { configOf } from './configOf';
import { isBusy } from './isBusy';
import type { WorkbenchState } from './state';
import type { Workbench } from './workbench';

/** What the next search of the page is set to; null until it is known what it learns from. */
export function settingsOfPage(state: WorkbenchState): LinkedSettings | null {
  const { dataset, settings } = state;
  return dataset && linked(configOf(state), { ...dataset, ...settings }, backendOf(state));
}

/** What the run that is shown was started with; null before a run. */
export function settingsOfRun(state: WorkbenchState): LinkedSettings | null {
  const { run, dataset } = state;
  return dataset && run.asked && linked(run.asked.config, { ...dataset, ...run.asked.data }, backendOf(state));
}

/** @param backend that a kept run ran on */
export function linked(
  config: SearchConfig,
  { name, synthetic, trainCount, testCount }: Omit<RunData, 'classNames'>,
  backend: string | null,
) {
  return { config, data: { name: name.slice(0, 200), synthetic, trainCount, testCount }, backend, results: RESULTS_VERSION };
}

const backendOf = ({ backend }: WorkbenchState) => (backend.state === 'ready' ? backend.started.name : null);

/** What a link has left to a person. */
export interface Taken {
  /** Whether its examples are a person's own, and are not here. */
  readonly examplesMissing: boolean;
  /** Sentences on what is not as the link has it. */
  readonly differences: readonly Told[];
}

/**
 * Puts a link's settings in place of those of the page.
 * @throws WorkbenchError `busy` while a search is under way, `invalid-setting` for a method that is not there or cannot search the task
 */
export async function takeLink(workbench: Workbench, { config, data, results }: LinkedSettings): Promise<Taken> {
  await workbench.ready;
  const { run, strategies, dataset, task } = workbench.state;
  if (isBusy(run))
    throw new WorkbenchError('busy', sayLater('A search is under way, whose settings cannot change. Stop it, then set these again.'));
  const strategy = strategies.find(({ id }) => id === config.method);
  if (!strategy || !canSearch(taskFor(config.task), strategy))
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('The link’s method “{method}” cannot search its task here. Nothing was changed.', { method: config.method }),
    );
  const { builtIn, example } = taskFor(config.task);
  const ownHere = dataset !== null && !dataset.synthetic && task === config.task;
  const examplesMissing = !data.synthetic && !(ownHere && dataset.name === data.name);
  const most = data.synthetic ? builtIn.most : ownHere ? dataset : null;
  const counts = most ? atMost(data, most) : builtIn.counts;
  await workbench.adopt({ config, data: { ...counts, synthetic: data.synthetic || !ownHere } });
  return {
    examplesMissing,
    differences: [
      ...(most && (counts.trainCount < data.trainCount || counts.testCount < data.testCount)
        ? [
            sayLater('The link asks for more {examples} than there are: {train} for training and {test} for testing.', {
              examples: sayLater(example.many),
              train: data.trainCount,
              test: data.testCount,
            }),
          ]
        : []),
      ...targetsOnDevice(workbench),
      ...(results === RESULTS_VERSION
        ? []
        : [sayLater('The link was made with another version of seeded searches, so the same random seed gives other numbers here.')]),
    ],
  };
}

const atMost = (asked: DataLimits, most: DataLimits): DataLimits => ({
  trainCount: Math.min(asked.trainCount, most.trainCount),
  testCount: Math.min(asked.testCount, most.testCount),
});

/** Removes limits on what is unknown of the device, and keeps the others within it. @returns a sentence for each that was changed */
function targetsOnDevice(workbench: Workbench): Told[] {
  const { space, targets } = workbench.state;
  if (!space) return [];
  const unknown = (Object.keys(targets) as MetricId[]).filter((metric) => space.table.metrics.every(({ id }) => id !== metric));
  for (const metric of unknown) workbench.limit(metric, false);
  const within = withinDevice(space, workbench.state.targets);
  const changed = (Object.keys(within) as MetricId[]).filter((metric) => within[metric] !== targets[metric]);
  for (const metric of changed) workbench.moveTarget(metric, within[metric] as number);
  return [
    ...unknown.map((metric) =>
      sayLater('Its limit on {metric} is left out, since the device does not tell it.', { metric: sayLater(metricTexts[metric].word) }),
    ),
    ...changed.map((metric) =>
      sayLater('Its limit on {metric} is now what the device has.', { metric: sayLater(metricTexts[metric].word) }),
    ),
  ];
}
