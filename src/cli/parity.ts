/** `npm run -s parity -- [--backend cpu|wasm|webgpu] [--json] FILE ...`: replays reference trajectories and compares. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { startBackend, type BackendName } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernels } from '../backends/nodeKernels';
import { WorkbenchError } from '../core/errors';
import { parseGoldenFile, type GoldenFile } from '../parity/goldenFile';
import { limitsOf, type Limits } from '../parity/limits';
import { deviations, replay } from '../parity/replay';
import type { StepFactory } from '../core/search/training/trainingStep';
import { createReferenceStep } from '../training/referenceStep';
import { NotCovered } from '../training/fused/program';
import { fusedStep } from '../training/engine';
import { readCommandLine } from './commandLine';
import { usageError } from './exit';
import { helpText } from './helpText';
import { runProgram } from './program';

const HELP = `Replays reference trajectories with our own training step and prints how far the two drift apart.

npm run -s parity -- [--backend NAME]... [--json] FILE ...

  --backend NAME   ${nodeBackends.map(({ name }) => name).join(', ')}; may be repeated (default: cpu and wasm)
  --json           print the rows as JSON
  --help           print this

Exit status: 0 every row within its limits, 1 some row outside, 2 a file that cannot be read or replayed.`;

const options = { backend: { type: 'string', multiple: true }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;

interface Row {
  readonly file: string;
  readonly backend: BackendName;
  /** The training step: the reference, or the one that searches use on this backend. */
  readonly step: string;
  readonly quantity: string;
  readonly first: number;
  readonly all: number;
  readonly limits: Limits;
  readonly within: boolean;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = readCommandLine({ args, options, allowPositionals: true });
  if (values.help) {
    console.log(helpText(HELP));
    return 0;
  }
  if (positionals.length === 0) throw usageError('name at least one trajectory file (see --help)');
  const backends = (values.backend ?? ['cpu', 'wasm']).map(backendNamed);
  const files = await Promise.all(positionals.map(async (path) => ({ path, file: await readGolden(path) })));
  const rows: Row[] = [];
  for (const backend of backends) {
    await startBackend(backend, nodeBackends);
    for (const { path, file } of files)
      for (const [step, factory] of Object.entries(stepsOn(backend))) rows.push(...(await compare(path, file, backend, step, factory)));
  }
  console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
  return rows.every(({ within }) => within) ? 0 : 1;
}

function backendNamed(name: string): BackendName {
  const known = nodeBackends.map((loader) => loader.name);
  const found = known.find((candidate) => candidate === name);
  if (!found) throw usageError(`there is no backend "${name}" here; there are ${known.join(', ')}`);
  return found;
}

async function readGolden(path: string): Promise<GoldenFile> {
  try {
    return parseGoldenFile(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new WorkbenchError('invalid-data', `${path}: ${(error as Error).message}`);
  }
}

/** The reference step on every backend, and the fused step where there is one. */
function stepsOn(backend: BackendName): Record<string, StepFactory> {
  const fused = fusedStep(backend, nodeKernels);
  return { reference: createReferenceStep, ...(fused && { fused }) };
}

async function compare(path: string, file: GoldenFile, backend: BackendName, step: string, factory: StepFactory): Promise<Row[]> {
  const limits = limitsOf(backend);
  const records = await replay(file, factory).catch((error: unknown) => {
    if (error instanceof NotCovered) {
      console.error(`${basename(path)} on ${backend}: the ${step} step does not cover ${error.message}`);
      return null;
    }
    throw new WorkbenchError('invalid-data', `${path}: ${(error as Error).message}`);
  });
  if (!records) return [];
  return deviations(file, records).map(({ quantity, first, all }) => ({
    file: basename(path),
    backend,
    step,
    quantity,
    first,
    all,
    limits,
    within: first <= limits.first && all <= limits.all,
  }));
}

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.file,
    row.backend,
    row.step,
    row.quantity,
    `${row.first.toExponential(1)} (${row.limits.first.toExponential(0)})`,
    `${row.all.toExponential(1)} (${row.limits.all.toExponential(0)})`,
    row.within ? 'within' : 'OUTSIDE',
  ]);
  const all = [['file', 'backend', 'step', 'quantity', 'first step (limit)', 'all steps (limit)', ''], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((cell) => (cell[column] as string).length))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

runProgram(main);
