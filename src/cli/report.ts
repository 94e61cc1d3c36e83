/** What the command line prints on stdout. */
import type { MetricId } from '../core/cost/metrics';
import { jsonPieces } from '../core/jsonPieces';
import type { SearchEvent, SearchResult } from '../core/search/events';
import type { SearchSpace } from '../core/search/space';
import { durationText } from '../core/runs/progress';
import { metricText, metricTexts } from '../core/cost/metricTexts';

/** One event as a line of JSON. */
export function eventLine(event: SearchEvent): string {
  return [...jsonPieces(event)].join('');
}

const accuracyRows = [
  ['supernet', 'supernet'],
  ['masked', 'with masks'],
  ['derived', 'derived'],
  ['final', 'final'],
  ['seedNetwork', 'seed network'],
] as const satisfies readonly (readonly [keyof SearchResult['accuracy'], string])[];

/** The result as text for people. @param warnings those from before the run began */
export function resultTable(result: SearchResult, space: SearchSpace, warnings: readonly string[]): string {
  const { choice, channels, constraints, objectives, accuracy, costs, timing } = result;
  const width = Math.max(...[...Object.keys(choice), ...channels.map(({ layer }) => layer)].map((id) => id.length), 12);
  const row = (name: string, value: string) => `  ${name.padEnd(width)}  ${value}`;
  const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;
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
    ...accuracyRows.flatMap(([of, name]) => {
      const value = accuracy[of];
      return value === undefined ? [] : [row(name, percent(value))];
    }),
    ...warnings.map((warning) => `Warning: ${warning}`),
    `Time ${durationText(timing.totalMs)}`,
  ].join('\n');
}
