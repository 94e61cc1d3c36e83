/** `npm run -s check:boards -- [options]`: exported C on emulated boards, number for number, with its bytes and its instructions. */
import { startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { assertCmsis, Board, type BoardRun } from '../check/boards/board';
import { benchmarkGraph } from '../check/boards/networks';
import { targets, type Target } from '../check/boards/targets';
import { findTools } from '../check/boards/tools';
import { benchmarks, benchmarkTitles, type Benchmark } from '../core/cost/fit/benchmarks';
import type { Reading } from '../core/data/reading';
import type { QuantizedGraph } from '../core/quantize/graph';
import { disposeParameters } from '../core/network/parameters';
import { int8NetworkOf } from '../exporters/int8/int8Network';
import { readTflite } from '../exporters/tflite/read';
import { readCommandLine } from './commandLine';
import { usageError } from './exit';
import { readFoundNetwork, readGiven, type NamedRun } from './foundNetwork';
import { helpText } from './helpText';
import { oneOf } from './optionValue';
import { runProgram } from './program';
import { readingOf, readingOptions } from './readingOptions';

const ids = Object.keys(benchmarks) as Benchmark[];
const roundings = ['double', 'single'] as const;

const HELP = helpText(`Builds exported C for boards, runs it in an emulator and compares every output with the reference's.

npm run -s check:boards -- [options]

  --network NAME,...   ${ids.join('|')}: MLPerf Tiny's networks, with weights at random (default: all)
  --file FILE          an int8 .tflite file in their place
  --run FILE           the found network of a run file in their place, with the weights beside it
  --data embedded|PATH the examples that the search of --run used (default: embedded)
  --hold-out NAME, --variants N, --features NAME
                       as the search of --run had them
  --target NAME,...    ${targets.map(({ id }) => id).join('|')} (default: all)
  --cmsis FOLDER       also build for Cortex-M on CMSIS-NN, whose copy is in this folder
  --layers             also print the instructions of each layer
  --no-install         install nothing; by default the superuser of a Debian gets the compilers and
                       emulators that are missing
  --help               print this

Instructions are counted by the emulator. They are not cycles: memory that is waited for and instructions that
run side by side are not in them.

Exit status: 0 everything that could be built is equal, 1 something differs or nothing could be built,
2 bad usage or bad input.`);

const options = {
  network: { type: 'string' },
  file: { type: 'string' },
  run: { type: 'string' },
  data: { type: 'string', default: 'embedded' },
  ...readingOptions,
  target: { type: 'string' },
  cmsis: { type: 'string' },
  layers: { type: 'boolean', default: false },
  'no-install': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function main(args: string[]): Promise<number> {
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const targetIds = values.target?.split(',').map((id) =>
    oneOf(
      '--target',
      id,
      targets.map((target) => target.id),
    ),
  );
  const wanted = targets.filter(({ id }) => targetIds?.includes(id) ?? true);
  const networks = values.network?.split(',').map((id) => oneOf('--network', id, ids)) ?? ids;
  if ([values.network, values.file, values.run].filter((given) => given !== undefined).length > 1)
    throw usageError('--network, --file and --run each say which networks are checked. Give one of them.');
  if (values.cmsis !== undefined) assertCmsis(values.cmsis);
  const graphs = await graphsOf({ ...values, reading: readingOf(values) }, networks);
  const { usable, missing } = findTools(wanted, values.cmsis !== undefined, !values['no-install']);
  if (missing) console.error(missing);
  let equal = usable.length > 0;
  for (const { title, graph } of graphs)
    for (const target of usable) {
      const libraries = [null, ...(values.cmsis !== undefined && target.runtime === 'arm' ? [values.cmsis] : [])];
      for (const cmsis of libraries) equal = checked(title, graph, target, cmsis, values.layers) && equal;
    }
  return equal ? 0 : 1;
}

interface Given {
  readonly file?: string;
  readonly run?: string;
  readonly data: string;
  readonly reading: Reading;
}

async function graphsOf(
  { file, run, ...examples }: Given,
  networks: readonly Benchmark[],
): Promise<{ title: string; graph: QuantizedGraph }[]> {
  if (file !== undefined) return [{ title: file, graph: readTflite(await readGiven('--file', file), file) }];
  await startBackend('automatic', nodeBackends);
  if (run !== undefined) return [{ title: run, graph: await foundGraph({ run, ...examples }) }];
  const graphs = [];
  for (const id of networks) graphs.push({ title: benchmarkTitles[id], graph: await benchmarkGraph(id) });
  return graphs;
}

/** The network that a search has found, as its exports have it. */
async function foundGraph(named: NamedRun): Promise<QuantizedGraph> {
  const { run, model, trainingSet } = await readFoundNetwork(named);
  try {
    return (await int8NetworkOf({ model, trainingSet, runFile: () => run })).graph;
  } finally {
    disposeParameters(model.parameters);
  }
}

/** Both roundings. @returns whether every output was equal */
function checked(title: string, graph: QuantizedGraph, target: Target, cmsis: string | null, layers: boolean): boolean {
  const board = new Board(target, cmsis);
  try {
    return roundings
      .map((rounding) => {
        const run = board.run(graph, rounding);
        console.log(`${title} on ${target.name}, ${cmsis === null ? 'plain' : 'CMSIS-NN'}, ${rounding} rounding: ${summary(run)}`);
        if (layers)
          run.layers.forEach(({ name, kind, instructions }) =>
            console.log(`  ${number(instructions).padStart(14)}  ${kind.padEnd(15)} ${name}`),
          );
        return run.equal;
      })
      .every(Boolean);
  } finally {
    board.remove();
  }
}

function summary({ equal, printed, bytes, layers }: BoardRun): string {
  const total = layers.reduce((sum, { instructions }) => sum + instructions, 0);
  const sections = `code ${number(bytes.code)} B, constants ${number(bytes.constants)} B, arena ${number(bytes.arena)} B`;
  return `${equal ? 'equal' : `NOT EQUAL (${printed})`}; ${sections}; ${number(total)} instructions`;
}

const number = (value: number) => value.toLocaleString('en');

runProgram(main);
