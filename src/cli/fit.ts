/** `npm run -s fit`: fits the boards' models to published measurements; writes their coefficients and the tables of their errors. */
import { readFile } from 'node:fs/promises';
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
import { assertCmsis } from '../check/boards/board';
import { readCommandLine } from './commandLine';
import { printEmulated } from './emulatedLayers';
import { usageError } from './exit';
import { helpText } from './helpText';
import { OutputFile } from './outputFile';
import { runProgram } from './program';

const sourcePath = fileURLToPath(new URL('../core/cost/devices/fitted.ts', import.meta.url));
const docsPath = fileURLToPath(new URL('../../docs/cost-models.md', import.meta.url));
const MARKERS = ['<!-- fit: start -->', '<!-- fit: end -->'] as const;

const HELP = `Fits the boards' models to published measurements anew; writes their coefficients and the tables of their errors.

npm run -s fit
npm run -s fit -- --emulate [--cmsis FOLDER] [--no-install]

  --emulate        fit nothing; show each layer's instructions on an emulated Cortex-M4 beside the cycles of a board's
                   model, for MLPerf Tiny's networks. Instructions are not cycles.
  --cmsis FOLDER   with CMSIS-NN, whose copy is in this folder, in the place of the plain kernels
  --no-install     install nothing; by default the superuser of a Debian gets the compiler and the emulator
                   that are missing
  --help           print this

Exit status: 0 done, 1 the emulated network computes something else or cannot be built, 2 bad usage.`;

const options = {
  emulate: { type: 'boolean', default: false },
  cmsis: { type: 'string' },
  'no-install': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const { emulate, cmsis } = values;
  if (!emulate && (cmsis !== undefined || values['no-install'])) throw usageError('--cmsis and --no-install are for --emulate; add it');
  if (emulate) {
    if (cmsis !== undefined) assertCmsis(cmsis);
    return (await printEmulated(cmsis ?? null, !values['no-install'])) ? 0 : 1;
  }
  const [source, docs] = [new OutputFile('fit', sourcePath), new OutputFile('fit', docsPath)];
  const page = await readFile(docsPath, 'utf8');
  const fits = fitPublishedBoards(publishedBoards);
  const powerW = short(powerOf(publishedGap9) as number);
  const latency = [metricFor('latencyMs', gap9)];
  const modelMs = (id: keyof typeof benchmarks) => networkCosts(planNetwork(benchmarks[id]), latency)[0] as number;
  const time = errors((id) => modelMs(id) / publishedGap9.rows[id].latencyMs);
  const energy = errors((id) => (1000 * powerW * modelMs(id)) / publishedGap9.rows[id].energyUj);
  source.write(fittedSource(fittedModels(fits), { powerW, modelErrors: modelErrors(time, energy) }));
  docs.write(betweenMarkers(page, errorTables(fits, { time, energy })));
  return 0;
}

/** The page with this text between its markers. */
function betweenMarkers(page: string, text: string): string {
  const [start, end] = MARKERS.map((marker) => page.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) throw new Error(`${docsPath} has no ${MARKERS.join(' … ')}`);
  return `${page.slice(0, start + MARKERS[0].length)}\n\n${text}\n\n${page.slice(end)}`;
}

runProgram(main);
