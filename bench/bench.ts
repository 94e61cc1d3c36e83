/**
 * `npm run -s bench -- [options]`: measures speed on this machine. It prints figures and does not judge them, and tests assert no
 * times.
 */
import { availableParallelism, cpus } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import { readCommandLine } from '../src/cli/commandLine';
import { helpText } from '../src/cli/helpText';
import { OutputFile } from '../src/cli/outputFile';
import { runProgram } from '../src/cli/program';
import { benchmarkBrowserRuns, browserRunTable } from './browserRuns';
import { benchmarkBrowserSteps, browserStepTable } from './browserSteps';
import { benchmarkPictures } from './pictures';
import { benchmarkMemory, memoryTable } from './memory';
import { openPerformance, type Section } from './performancePage';
import { stepTable, type Machine } from './report';
import { benchmarkSteps } from './steps';
import type { Measurements } from './targets';
import { measuredTiles } from '../src/kernels/tiles';
import { benchmarkWebgpu, webgpuTable } from './webgpu';

const HELP = `Measures training speed on this machine.

npm run -s bench -- [--peer] [--webgpu|--memory|--browser|--pictures] [--json FILE] [--docs]

  (none)       a training step of each workload under Node: fused on one thread and on all, tfjs with composed kernels
  --peer       beside them, in turns, PyTorch on the same network (Debian: python3-torch); with --webgpu on CUDA where there is a card
  --webgpu     instead, training steps on WebGPU under Node: fused beside tfjs alone, with what each asks of the device
  --memory     what a thousand steps leave behind, on WebAssembly and on WebGPU
  --browser    in Chromium, on WebAssembly and on WebGPU: a step of each workload in a worker; then the default run, the seed network and a search over channels, as a person would press Start: times, longest task of the main thread, memory
  --pictures   how hard the built-in pictures are, for a linear classifier and for the seed ResNet-8
  --json FILE  also write the figures there, which come as JSON after the table
  --docs       also write the tables into docs/performance.md, and the figures beside it; on a graphics card into a section of its own
  --help       print this`;

/** The text between the tables of steps and of runs. */
const RUNS = 'Whole runs from Start, with the seed network trained after them:';

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

async function main(args: string[]): Promise<number> {
  const given = read(args);
  if (given.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const json = given.json === undefined ? null : new OutputFile('--json', given.json);
  const writePerformance = given.docs ? openPerformance() : null;
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    tfjs: version_core,
  };
  const measured = await measure(given, machine);
  const figures = JSON.stringify({ machine, ...measured.data }, null, 2);
  console.log(measured.text);
  console.log(`\n${figures}`);
  json?.write(`${figures}\n`);
  if (measured.section) await writePerformance?.(measured.text, measured.section, measured.data);
  return 0;
}

interface Measured {
  readonly text: string;
  readonly data: Measurements & { readonly figures?: readonly Figure[] };
  /** The section of docs/performance.md that it fills. */
  readonly section?: Section;
}

async function measure({ webgpu, memory, browser, pictures, peer = false }: ReturnType<typeof read>, machine: Machine): Promise<Measured> {
  const say = (line: string) => console.error(line);
  if (webgpu) {
    const report = await benchmarkWebgpu(peer, say);
    return {
      text: `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}. ${webgpuTable(report)}`,
      ...(measuredTiles(report.adapter)
        ? { data: { webgpu: report }, section: 'WebGPU benchmark' }
        : { data: { card: report }, section: 'graphics card benchmark' }),
    };
  }
  if (memory) {
    const reports = await benchmarkMemory(say);
    return { text: memoryTable(reports), data: { memory: reports }, section: 'memory benchmark' };
  }
  if (browser) {
    const browserSteps = await benchmarkBrowserSteps(say);
    const browserRuns = await benchmarkBrowserRuns(say);
    const text = `${machine.cpu}, ${machine.cores} cores. ${browserStepTable(browserSteps)}\n\n${RUNS}\n\n${browserRunTable(browserRuns)}`;
    return { text, data: { browserSteps, browserRuns }, section: 'Chromium benchmark' };
  }
  if (pictures) {
    const figures = await benchmarkPictures();
    return { text: figureList(figures), data: { figures } };
  }
  const steps = await benchmarkSteps(peer, say);
  return { text: stepTable(steps, machine), data: { steps }, section: 'benchmark' };
}

function figureList(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  return figures
    .map(({ what, value, unit }) => `${what.padEnd(width)}  ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`)
    .join('\n');
}

const options = {
  webgpu: { type: 'boolean' },
  memory: { type: 'boolean' },
  browser: { type: 'boolean' },
  pictures: { type: 'boolean' },
  peer: { type: 'boolean' },
  json: { type: 'string' },
  docs: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function read(args: string[]) {
  return readCommandLine({ args, options }).values;
}

runProgram(main);
