/** `npm run -s bench -- [--browser|--pictures] [--json FILE]`: measures speed on this machine. Figures, not verdicts: tests assert no times. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { exitCodeOf, reportError, usageError } from '../src/cli/exit';
import { benchmarkBrowser } from './browser';
import { benchmarkPictures } from './pictures';
import { benchmarkSteps } from './steps';

const HELP = `Measures training speed on this machine.

npm run -s bench -- [--browser|--pictures] [--json FILE]

  (none)       time and memory of a training step under Node, per backend
  --browser    the default run in Chromium, as a person would press Start: time to the result, longest task of the main
               thread, memory from step to step
  --pictures   how hard the built-in pictures are, for a linear classifier and for the seed ResNet-8
  --json FILE  also write the figures there
  --help       print this`;

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

async function main(args: string[]): Promise<void> {
  const { browser, pictures, json, help } = read(args);
  if (help) {
    console.log(HELP);
    return;
  }
  const figures = await (browser ? benchmarkBrowser() : pictures ? benchmarkPictures() : benchmarkSteps());
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, value, unit } of figures)
    console.log(`${what.padEnd(width)}  ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`);
  if (json !== undefined) {
    const machine = { cpu: cpus()[0]?.model.trim(), cores: availableParallelism(), node: process.version };
    await writeFile(json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  }
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { browser: { type: 'boolean' }, pictures: { type: 'boolean' }, json: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw usageError(`${(error as Error).message} (--help lists all options)`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  reportError(error);
  process.exitCode = exitCodeOf(error);
});
