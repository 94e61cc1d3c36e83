/** The numbers of a run as lessons say them. */
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId, Targets } from '../../core/cost/metrics';
import { listText } from '../../core/language/lists';
import { say } from '../../core/language/say';
import { qualityText } from '../../core/tasks/task';
import { lessonTask } from './lessonPage';
import type { Moment } from './lesson';

const { quality } = lessonTask;

/** A cost of the found network in the metric's unit; NaN before there is one. */
export const costOf = (moment: Moment | undefined, metric: MetricId) => moment?.state.run.result?.costs.final[metric] ?? NaN;

/** "33.5 kB of flash memory" */
export const costText = (metric: MetricId, value: number) =>
  say('{amount} of {cost}', { amount: metricText(metric, value), cost: say(metricTexts[metric].word) });

/** "33.54 kB of flash memory and 5.088 ms of latency" */
export function foundText(moment: Moment | undefined): string {
  return listText((['flashBytes', 'latencyMs'] as const).map((metric) => costText(metric, costOf(moment, metric))));
}

/** Accuracy of the found network on test pictures, such as "47.2 %". */
export const accuracyText = (moment: Moment | undefined) => qualityText(quality, accuracyOf(moment));
export const accuracyOf = (moment: Moment | undefined) => moment?.state.run.qualities.final ?? NaN;

/** Which targets the found network meets. */
export function metOf(moment: Moment | undefined, targets: Targets): Partial<Record<MetricId, boolean>> {
  return Object.fromEntries(
    (Object.keys(targets) as MetricId[]).map((metric) => [metric, costOf(moment, metric) <= (targets[metric] as number)]),
  );
}
