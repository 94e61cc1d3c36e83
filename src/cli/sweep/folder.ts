/**
 * The folder of a sweep: its plan, a result file per cell, logs of cells that failed, checkpoints of cells under way, and who runs it. Results are
 * the only truth: a cell with one is done, whoever wrote it.
 */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../../core/errors';
import { jsonPieces } from '../../core/jsonPieces';
import { readRunFile } from '../../core/runs/readRunFile';
import type { RunFile } from '../../core/runs/runFile';
import type { CellOutcome } from '../../core/runs/sweep/outcome';
import { planLines, readPlan, type Plan } from '../../core/runs/sweep/plan';
import { usageError } from '../exit';
import { makeFolder, OutputFile } from '../outputFile';

/** A run that is a cell's result. */
export type ResultFile = RunFile & { readonly cell: CellOutcome };

export class SweepFolder {
  readonly plan: string;

  constructor(readonly path: string) {
    this.plan = join(path, 'plan.ndjson');
  }

  /** @throws WorkbenchError `invalid-setting` where the folder cannot be made or the plan not written */
  writePlan(plan: Plan): void {
    makeFolder('sweep', this.path);
    new OutputFile('sweep', this.plan).write(() => planLines(plan));
  }

  /** Whether there is a plan. */
  exists(): boolean {
    return existsSync(this.plan);
  }

  /** @throws WorkbenchError `invalid-setting` where there is no plan, and what `readPlan` throws */
  readPlan(): Plan {
    if (!this.exists())
      throw usageError(`${this.path} holds no plan.ndjson. Plan a sweep there first: npm run -s sweep -- plan ${this.path} ...`);
    return readPlan(readFileSync(this.plan, 'utf8'), this.plan);
  }

  /** Keys of all cells that have a result. */
  done(): ReadonlySet<string> {
    return new Set(namesIn(join(this.path, 'results'), '.json'));
  }

  has(key: string): boolean {
    return existsSync(this.#result(key));
  }

  /** Writes a result beside its place and links it there, so that the first writer wins, and no reader sees half of it. */
  keep(file: ResultFile): void {
    mkdirSync(join(this.path, 'results'), { recursive: true });
    const place = this.#result(file.cell.key);
    const part = `${place}.${process.pid}.part`;
    try {
      writeFileSync(part, [...jsonPieces(file)].join(''), { flush: true });
      linkSync(part, place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new WorkbenchError(
          'internal',
          `${place} could not be written: ${(error as Error).message}. A sweep needs a folder with room that can hold hard links.`,
        );
    } finally {
      rmSync(part, { force: true });
    }
  }

  /** @throws WorkbenchError `invalid-data` for a file that is no result, and names it */
  result(key: string): ResultFile {
    const place = this.#result(key);
    try {
      const file = readRunFile(readFileSync(place, 'utf8'));
      if (file.cell) return { ...file, cell: file.cell };
    } catch {
      // Whatever is wrong with it, the advice is the same.
    }
    throw new WorkbenchError('invalid-data', `${place} is no result of a sweep. Remove it, then run the sweep again.`);
  }

  /** When a cell's result was written, in milliseconds since 1970. */
  writtenAt(key: string): number {
    return statSync(this.#result(key)).mtimeMs;
  }

  /** Where a cell's checkpoint lies; makes the folder. */
  checkpoint(key: string): string {
    mkdirSync(join(this.path, 'checkpoints'), { recursive: true });
    return join(this.path, 'checkpoints', key);
  }

  hasCheckpoint(key: string): boolean {
    return existsSync(join(this.path, 'checkpoints', key));
  }

  /** Cells that failed in the last run that tried them. */
  failed(): ReadonlySet<string> {
    return new Set(namesIn(join(this.path, 'failed'), '.log'));
  }

  /** @returns the path of the log */
  keepLog(key: string, text: string): string {
    mkdirSync(join(this.path, 'failed'), { recursive: true });
    const path = this.log(key);
    writeFileSync(path, text);
    return path;
  }

  removeLog(key: string): void {
    rmSync(this.log(key), { force: true });
  }

  #result(key: string): string {
    return join(this.path, 'results', `${key}.json`);
  }

  log(key: string): string {
    return join(this.path, 'failed', `${key}.log`);
  }
}

function namesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []));
}
