/** `npm run -s bench -- [options]`: measures speed on this machine. Figures, not verdicts: tests assert no times. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { exitCodeOf, reportError, usageError } from '../src/cli/exit';
import { benchmarkBrowser } from './browser';
import { benchmarkPictures } from './pictures';
import { stepTable, writePerformance } from './report';
import { benchmarkSteps } from './steps';

const HELP = `Measures training speed on this machine.

npm run -s bench -- [--peer] [--browser|--pictures] [--json FILE] [--docs]

  (none)       a training step of each workload under Node: fused on one thread and on all, tfjs with composed kernels
  --peer       beside them, in turns, PyTorch on the same network (Debian: python3-torch)
  --browser    the default run in Chromium, as a person would press Start: time to the result, longest task of the main
               thread, memory from step to step
  --pictures   how hard the built-in pictures are, for a linear classifier and for the seed ResNet-8
  --json FILE  also write the figures there
  --docs       also write the table of training steps into docs/performance.md
  --help       print this`;

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

async function main(args: string[]): Promise<void> {
  const { browser, pictures, peer = false, json, docs = false, help } = read(args);
  if (help) {
    console.log(HELP);
    return;
  }
  const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.version };
  const figures = browser || pictures ? await (browser ? benchmarkBrowser() : benchmarkPictures()) : null;
  const steps = figures ? null : await benchmarkSteps(peer, (line) => console.error(line));
  if (figures) {
    const width = Math.max(...figures.map(({ what }) => what.length));
    for (const { what, value, unit } of figures)
      console.log(`${what.padEnd(width)}  ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`);
  }
  if (steps) {
    const table = stepTable(steps, machine);
    console.log(table);
    if (docs) await writePerformance(table);
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ machine, ...(figures ? { figures } : steps) }, null, 2)}\n`);
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
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
