/** What the command line prints on stdout. */
import type { MetricId } from '../core/cost/metrics';
import { said, type Told } from '../core/language/told';
import { jsonPieces } from '../core/jsonPieces';
import type { SearchEvent, SearchResult } from '../core/search/events';
import type { SearchSpace } from '../core/search/space';
import { durationText } from '../core/runs/progress';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import { measuredQualities } from '../core/runs/qualityNames';
import { qualityText, type Task } from '../core/tasks/task';
import { workText } from '../core/words';

/** One event as a line of JSON. */
export function eventLine(event: SearchEvent): string {
  return [...jsonPieces(inWords(event))].join('');
}

/** What is said later stands in a line as text. */
function inWords(event: SearchEvent) {
  if (event.kind === 'started') return { ...event, warnings: event.warnings.map(said) };
  return event.kind === 'phase' ? { ...event, implementation: said(event.implementation) } : event;
}

/**
 * The result for people.
 * @param seedEpochMacs multiply-accumulates of an epoch of the seed network
 * @param warnings what the run was warned of before it began
 */
export function resultTable(
  result: SearchResult,
  space: SearchSpace,
  seedEpochMacs: number,
  { quality, example }: Task,
  warnings: readonly Told[],
): string {
  const { choice, channels, constraints, objectives, costs, timing, qualityParts: parts = [] } = result;
  const qualities = measuredQualities(result.quality);
  const names = [
    ...Object.keys(choice),
    ...channels.map(({ layer }) => layer),
    ...qualities.map(([, name]) => name),
    ...parts.map(({ label }) => label),
  ];
  const width = Math.max(...names.map(({ length }) => length), 12);
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
    `${quality.label} on test ${example.many}`,
    ...qualities.map(([, name, value]) => row(name, qualityText(quality, value))),
    ...parts.map(({ label, value }) => row(label, qualityText(quality, value))),
    ...warnings.map((warning) => `Warning: ${said(warning)}`),
    `Training ${workText(result.trainedMacs)} multiply-accumulates, as ${epochsText(result.trainedMacs / seedEpochMacs)} epochs of the seed network`,
    `Time ${durationText(timing.totalMs)}`,
  ].join('\n');
}

const epochsText = (epochs: number) => epochs.toLocaleString('en', { maximumSignificantDigits: 3 });
