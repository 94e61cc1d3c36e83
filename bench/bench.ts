/** `npm run -s bench -- [options]`: measures speed on this machine. Figures, not verdicts: tests assert no times. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { version_core } from '@tensorflow/tfjs-core';
import { exitCodeOf, reportError, usageError } from '../src/cli/exit';
import { benchmarkBrowser } from './browser';
import { benchmarkPictures } from './pictures';
import { benchmarkMemory, memoryTable } from './memory';
import { stepTable, writePerformance, type Machine, type Section } from './report';
import { benchmarkSteps } from './steps';
import { benchmarkWebgpu, webgpuTable } from './webgpu';

const HELP = `Measures training speed on this machine.

npm run -s bench -- [--peer] [--webgpu|--memory|--browser|--pictures] [--json FILE] [--docs]

  (none)       a training step of each workload under Node: fused on one thread and on all, tfjs with composed kernels
  --peer       beside them, in turns, PyTorch on the same network (Debian: python3-torch); with --webgpu on CUDA where there is a card
  --webgpu     instead, training steps on WebGPU under Node: fused beside tfjs alone, with what each asks of the device
  --memory     what a thousand steps leave behind, on WebAssembly and on WebGPU
  --browser    the default run, the seed network and a search over channels in Chromium, as a person would press Start, on
               WebAssembly and on WebGPU: times, longest task of the main thread, memory from step to step
  --pictures   how hard the built-in pictures are, for a linear classifier and for the seed ResNet-8
  --json FILE  also write the figures there, which come as JSON after the table
  --docs       also write the table of training steps, of WebGPU or of memory into docs/performance.md
  --help       print this`;

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

async function main(args: string[]): Promise<void> {
  const given = read(args);
  if (given.help) {
    console.log(HELP);
    return;
  }
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
  if (given.docs && measured.section) await writePerformance(measured.text, measured.section);
  if (given.json !== undefined) await writeFile(given.json, `${figures}\n`);
}

interface Measured {
  readonly text: string;
  readonly data: object;
  /** Where it goes in docs/performance.md. */
  readonly section?: Section;
}

async function measure({ webgpu, memory, browser, pictures, peer = false }: ReturnType<typeof read>, machine: Machine): Promise<Measured> {
  const say = (line: string) => console.error(line);
  if (webgpu) {
    const report = await benchmarkWebgpu(peer, say);
    return {
      text: `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}. ${webgpuTable(report)}`,
      data: report,
      section: 'WebGPU benchmark',
    };
  }
  if (memory) {
    const reports = await benchmarkMemory(say);
    return { text: memoryTable(reports), data: { reports }, section: 'memory benchmark' };
  }
  if (browser || pictures) {
    const figures = await (browser ? benchmarkBrowser() : benchmarkPictures());
    return { text: figureList(figures), data: { figures } };
  }
  const steps = await benchmarkSteps(peer, say);
  return { text: stepTable(steps, machine), data: steps, section: 'benchmark' };
}

function figureList(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  return figures
    .map(({ what, value, unit }) => `${what.padEnd(width)}  ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`)
    .join('\n');
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        webgpu: { type: 'boolean' },
        memory: { type: 'boolean' },
        browser: { type: 'boolean' },
        pictures: { type: 'boolean' },
        peer: { type: 'boolean' },
        json: { type: 'string' },
        docs: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw usageError(`${(error as Error).message} (--help lists all options)`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  reportError(error);
  process.exitCode = exitCodeOf(error);
});
