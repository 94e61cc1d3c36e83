/** `npm run -s fit`: fits the boards' models to published measurements; writes their coefficients and the tables of their errors. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { errors, fitPublishedBoards, powerOf } from '../core/cost/fit/boardFit';
import { benchmarks } from '../core/cost/fit/benchmarks';
import { publishedBoards, publishedGap9 } from '../core/cost/fit/publishedBoards';
import { short } from '../core/cost/fit/cycleFit';
import { errorTables, fittedModels, fittedSource, modelErrors } from '../core/cost/fit/report';
import { networkCosts } from '../core/cost/costTable';
import { metricFor } from '../core/cost/metrics';
import { gap9 } from '../core/cost/devices/gap9';
import { planNetwork } from '../core/network/plan';
import { reportError } from './exit';

const sourcePath = fileURLToPath(new URL('../core/cost/devices/fitted.ts', import.meta.url));
const docsPath = fileURLToPath(new URL('../../docs/cost-models.md', import.meta.url));
const MARKERS = ['<!-- fit: start -->', '<!-- fit: end -->'] as const;

async function main(): Promise<void> {
  const fits = fitPublishedBoards(publishedBoards);
  const powerW = short(powerOf(publishedGap9) as number);
  const latency = [metricFor('latencyMs', gap9)];
  const modelMs = (id: keyof typeof benchmarks) => networkCosts(planNetwork(benchmarks[id]), latency)[0] as number;
  const time = errors((id) => modelMs(id) / publishedGap9.rows[id].latencyMs);
  const energy = errors((id) => (1000 * powerW * modelMs(id)) / publishedGap9.rows[id].energyUj);
  await writeFile(sourcePath, fittedSource(fittedModels(fits), { powerW, modelErrors: modelErrors(time, energy) }));
  await replaceBetweenMarkers(docsPath, errorTables(fits, { time, energy }));
}

async function replaceBetweenMarkers(path: string, text: string): Promise<void> {
  const whole = await readFile(path, 'utf8');
  const [start, end] = MARKERS.map((marker) => whole.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) throw new Error(`${path} has no ${MARKERS.join(' … ')}`);
  await writeFile(path, `${whole.slice(0, start + MARKERS[0].length)}\n\n${text}\n\n${whole.slice(end)}`);
}

main().catch((error: unknown) => {
  reportError(error);
  process.exitCode = 1;
});
