/** Who runs a sweep, and how far it is: a file in its folder that is written again every few seconds while somebody does. */
import { existsSync, openSync, closeSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { usageError } from '../exit';

/** A run whose file is older than this has ended without a word, wherever it was. */
const SILENT_MS = 60_000;

/** What a run tells of itself. */
export interface RunNews {
  readonly parallel: number;
  /** Estimated milliseconds; null before a cell has ended. */
  readonly leftMs: number | null;
  readonly running: readonly { readonly key: string; readonly share: number }[];
}

export interface Runner extends RunNews {
  readonly host: string;
  readonly pid: number;
  /** Milliseconds since 1970 of the last word. */
  readonly heard: number;
}

const fileOf = (folder: string) => join(folder, 'running.json');
const cancelOf = (folder: string) => join(folder, 'cancel');

/** The run that is under way; null where none is. */
export function runnerOf(folder: string): Runner | null {
  let runner: Runner;
  try {
    runner = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as Runner;
  } catch {
    return null;
  }
  if (Date.now() - runner.heard > SILENT_MS || (runner.host === hostname() && !isAlive(runner.pid))) return null;
  return runner;
}

/** @throws WorkbenchError `invalid-setting` while somebody runs the sweep */
export function assertNotRunning(folder: string): void {
  const runner = runnerOf(folder);
  if (runner)
    throw usageError(
      `${folder} is being run by process ${runner.pid} on ${runner.host}. Wait for it, or end it: npm run -s sweep -- cancel ${folder}`,
    );
}

/** Asks the run under way to end, which it looks for every second. */
export function askToEnd(folder: string): void {
  writeFileSync(cancelOf(folder), '');
}

export class RunLock {
  readonly #file: string;

  /** @throws WorkbenchError `invalid-setting` while somebody else runs the sweep */
  constructor(private readonly folder: string) {
    this.#file = fileOf(folder);
    assertNotRunning(folder);
    rmSync(this.#file, { force: true });
    rmSync(cancelOf(folder), { force: true });
    try {
      closeSync(openSync(this.#file, 'wx'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw usageError(`${folder} is being run by another process that began just now`);
      throw usageError(`${folder} cannot be written: ${(error as Error).message}`);
    }
  }

  tell(news: RunNews): void {
    const runner: Runner = { host: hostname(), pid: process.pid, heard: Date.now(), ...news };
    const part = `${this.#file}.part`;
    writeFileSync(part, JSON.stringify(runner));
    renameSync(part, this.#file);
  }

  /** Whether somebody has asked it to end. */
  get asked(): boolean {
    return existsSync(cancelOf(this.folder));
  }

  release(): void {
    rmSync(this.#file, { force: true });
    rmSync(cancelOf(this.folder), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
