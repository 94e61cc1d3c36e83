/** What the command line prints on stdout. */
import type { MetricId } from '../core/cost/metrics';
import type { SearchEvent, SearchResult } from '../core/search/events';
import type { SearchSpace } from '../core/search/space';
import { durationText } from '../core/search/progress';
import { metricText, metricTexts } from '../core/search/units';

/** One event as a line of JSON. */
export function eventLine(event: SearchEvent): string {
  return JSON.stringify(event, (_key, value: unknown) => (value instanceof Float32Array ? [...value] : value));
}

/** The result for people. */
export function resultTable({ choice, constraints, accuracy, costs, timing }: SearchResult, space: SearchSpace): string {
  const width = Math.max(...Object.keys(choice).map((id) => id.length), 12);
  const row = (name: string, value: string) => `  ${name.padEnd(width)}  ${value}`;
  const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;
  const seedValue = (metric: MetricId) => metricText(metric, space.seedCosts[metric] as number);
  return [
    'Found network',
    ...Object.entries(choice).map(([id, candidate]) => row(id, candidate)),
    'Costs',
    ...space.metrics.map(({ id }) => {
      const limit = constraints.find(({ metric }) => metric === id);
      const target = limit ? `target ${metricText(id, limit.target)} ${limit.met ? 'met' : 'MISSED'}` : 'no limit';
      return row(metricTexts[id].name, `${metricText(id, costs.final[id] as number)}, ${target}, seed network ${seedValue(id)}`);
    }),
    'Accuracy on test pictures',
    row('supernet', percent(accuracy.supernet)),
    row('derived', percent(accuracy.derived)),
    row('final', percent(accuracy.final)),
    ...(accuracy.seedNetwork === undefined ? [] : [row('seed network', percent(accuracy.seedNetwork))]),
    `Time ${durationText(timing.totalMs)}`,
  ].join('\n');
}
