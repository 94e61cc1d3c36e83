/**
 * What a sweep has given to Slurm: a folder for each time, with its cells in the order of its tasks, its scripts and logs. Whether a task is still
 * there is asked of Slurm, by the job's name, so that nothing here can be out of date.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { asWorkbenchError } from '../../../core/errors';
import type { RunNews } from '../runLock';
import { cellsOfTask } from './bundles';
import { ownTasks, type QueuedTask } from './slurm';

export interface Submission {
  readonly cellsPerTask: number;
  /** Null: those of the task's allocation. */
  readonly threads: number | null;
  /** Keys of cells, in the order of tasks. */
  readonly keys: readonly string[];
}

/** A task of this sweep that Slurm knows, and its cells. */
export interface SweepTask extends QueuedTask {
  readonly keys: readonly string[];
  /** The cells that it works on now, as it told last; empty while it has no node. */
  readonly running: RunNews['running'];
}

const FILE = 'cells.json';
const PREFIX = 'nas-sweep';

const folderOf = (sweep: string) => join(resolve(sweep), 'slurm');

/** Whether any cell was ever given to Slurm. */
export const wasSubmitted = (sweep: string): boolean => existsSync(folderOf(sweep));

/** @returns the submission's folder, whose name no other sweep has */
export function keepSubmission(sweep: string, submission: Submission): string {
  mkdirSync(folderOf(sweep), { recursive: true });
  const path = mkdtempSync(join(folderOf(sweep), `${Date.now().toString(36)}-`));
  writeFileSync(join(path, FILE), JSON.stringify(submission), { flush: true });
  return path;
}

export const readSubmission = (path: string): Submission => JSON.parse(readFileSync(join(path, FILE), 'utf8')) as Submission;

/** The sweep that a submission belongs to. */
export const sweepOf = (submission: string): string => dirname(dirname(resolve(submission)));

export const jobNameOf = (submission: string, offset: number): string => `${PREFIX}.${basename(submission)}.${offset}`;

/** Where a task tells what it works on. @param task its number in its array */
const newsOf = (submission: string, offset: number, task: number) => join(submission, `${offset}-${task}.running.json`);

/** Tells what a task works on, for `status`. @param running null at its end */
export function tellRunning(submission: string, offset: number, task: number, running: RunNews['running'] | null): void {
  const place = newsOf(submission, offset, task);
  if (running === null) {
    rmSync(place, { force: true });
    return;
  }
  writeFileSync(`${place}.part`, JSON.stringify(running));
  renameSync(`${place}.part`, place);
}

function runningIn(submission: string, offset: number, { index, node }: QueuedTask): RunNews['running'] {
  if (node === '') return [];
  try {
    return JSON.parse(readFileSync(newsOf(submission, offset, index), 'utf8')) as RunNews['running'];
  } catch {
    // It has begun just now, or ends.
    return [];
  }
}

/**
 * Empty, with a line on stderr, on a machine without Slurm, to which a sweep may have been copied.
 * @throws WorkbenchError where Slurm cannot be asked
 */
export async function tasksOf(sweep: string): Promise<SweepTask[]> {
  if (!wasSubmitted(sweep)) return [];
  const names = new Set(readdirSync(folderOf(sweep)));
  const known = new Map<string, Submission>();
  return (await ownTasksHere()).flatMap((task) => {
    const [prefix, name = '', offset] = task.jobName.split('.');
    if (prefix !== PREFIX || !names.has(name)) return [];
    const path = join(folderOf(sweep), name);
    const submission = known.get(name) ?? readSubmission(path);
    known.set(name, submission);
    const keys = cellsOfTask(submission.keys, submission.cellsPerTask, Number(offset) + task.index);
    return [{ ...task, keys, running: runningIn(path, Number(offset), task) }];
  });
}

async function ownTasksHere(): Promise<QueuedTask[]> {
  try {
    return await ownTasks();
  } catch (error) {
    if (asWorkbenchError(error).code !== 'file-missing') throw error;
    console.error("Slurm's commands are not on this machine, so whether it still has tasks of this sweep is not known here.");
    return [];
  }
}
