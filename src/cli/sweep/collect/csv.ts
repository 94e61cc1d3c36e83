/** The results of a sweep as a table: one row a cell, the same columns for every sweep. RFC 4180. */
import { metricTexts } from '../../../core/cost/metricTexts';
import type { MetricId } from '../../../core/cost/metrics';
import { qualityNames } from '../../../core/runs/qualityNames';
import type { ResultFile } from '../folder';

type Cell = string | number | null | undefined;
type Column = readonly [name: string, of: (file: ResultFile) => Cell];

const metrics = (Object.keys(metricTexts) as MetricId[]).filter((id) => id !== 'gap8Cycles');
const qualities = Object.keys(qualityNames) as (keyof typeof qualityNames)[];

const columns: readonly Column[] = [
  ['key', ({ cell }) => cell.key],
  ['status', ({ cell }) => cell.status],
  ['task', ({ config }) => config.task],
  ['method', ({ config }) => config.method],
  ['device', ({ config: { device } }) => (typeof device === 'string' ? device : device.name)],
  ['randomSeed', ({ config }) => config.randomSeed],
  ...metrics.map((id): Column => [`target.${id}`, ({ config }) => config.targets[id]]),
  ['qualityId', ({ result }) => result?.quality.id],
  ...qualities.map((of): Column => [
    `quality.${of}`,
    // A network that was trained without a search is its own result.
    ({ result, cell }) => result?.quality[of] ?? (of === 'final' ? cell.trained?.quality : undefined),
  ]),
  ...metrics.map((id): Column => [`cost.${id}`, ({ result }) => result?.costs.final[id]]),
  ...metrics.map((id): Column => [`seedNetworkCost.${id}`, ({ result }) => result?.costs.seedNetwork[id]]),
  ['trainedMacs', ({ result }) => result?.trainedMacs],
  ['totalMs', ({ cell }) => Math.round(cell.totalMs)],
  ['choice', ({ result }) => result && JSON.stringify(result.choice)],
  ['channels', ({ result }) => result && JSON.stringify(Object.fromEntries(result.channels.map(({ layer, kept }) => [layer, kept])))],
  ['data', ({ config }) => config.data.name],
  ['trainCount', ({ config }) => config.data.trainCount],
  ['testCount', ({ config }) => config.data.testCount],
  ['dataFingerprint', ({ dataFingerprint }) => dataFingerprint],
  ['backend', ({ environment }) => environment.backend as Cell],
  ['cpu', ({ environment }) => environment.cpu as Cell],
  ['reason', ({ cell }) => cell.reason],
];

export function* csvLines(files: Iterable<ResultFile>): Generator<string, void> {
  yield line(columns.map(([name]) => name));
  for (const file of files) yield line(columns.map(([, of]) => of(file)));
}

const line = (cells: readonly Cell[]) => `${cells.map(quoted).join(',')}\r\n`;

function quoted(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
