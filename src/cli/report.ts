/** What the command line prints on stdout. */
import type { MetricId } from '../core/cost/metrics';
import { jsonPieces } from '../core/jsonPieces';
import type { SearchEvent, SearchResult } from '../core/search/events';
import type { SearchSpace } from '../core/search/space';
import { durationText } from '../core/runs/progress';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import { percent } from '../core/words';
import { accuracyNames } from '../core/search/accuracyNames';

/** One event as a line of JSON. */
export function eventLine(event: SearchEvent): string {
  return [...jsonPieces(event)].join('');
}

/** The result for people. @param warnings what the run was warned of before it began */
export function resultTable(result: SearchResult, space: SearchSpace, warnings: readonly string[]): string {
  const { choice, channels, constraints, objectives, accuracy, costs, timing } = result;
  const accuracies = Object.entries(accuracyNames).flatMap(([of, name]) => {
    const value = accuracy[of as keyof typeof accuracyNames];
    return value === undefined ? [] : [[name, value] as const];
  });
  const names = [...Object.keys(choice), ...channels.map(({ layer }) => layer), ...accuracies.map(([name]) => name)];
  const width = Math.max(...names.map(({ length }) => length));
  const row = (name: string, value: string) => `  ${name.padEnd(width)}  ${value}`;
  const seedValue = (metric: MetricId) => metricText(metric, space.seedCosts[metric] as number);
  return [
    'Found network',
    ...Object.entries(choice).map(([id, candidate]) => row(id, candidate)),
    ...channels.map(({ layer, kept, total }) => row(layer, `${kept} of ${total} channels`)),
    'Costs',
    ...space.metrics.map(({ id }) => {
      const limit = constraints.find(({ metric }) => metric === id);
      const aim = objectives.find(({ metric }) => metric === id);
      const target = limit
        ? `target ${metricText(id, limit.target)} ${limit.met ? 'met' : 'MISSED'}`
        : aim
          ? `an objective, ${aim.met ? 'within' : 'ABOVE'} ${metricText(id, aim.target)}`
          : 'no limit';
      return row(metricTexts[id].name, `${metricText(id, costs.final[id] as number)}, ${target}, seed network ${seedValue(id)}`);
    }),
    'Accuracy on test pictures',
    ...accuracies.map(([name, value]) => row(name, percent(value))),
    ...warnings.map((warning) => `Warning: ${warning}`),
    `Time ${durationText(timing.totalMs)}`,
  ].join('\n');
}
