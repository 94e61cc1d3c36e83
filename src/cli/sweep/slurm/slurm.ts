/** Slurm's own commands, which are all that a sweep needs of it: https://slurm.schedmd.com */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WorkbenchError } from '../../../core/errors';
import { usageError } from '../../exit';

const exec = promisify(execFile);
/** Letters of an answer at most: a line for each of tens of thousands of tasks. */
const MOST = 64 * 1024 ** 2;

/** A task that waits, works or is about to end. */
export interface QueuedTask {
  readonly jobName: string;
  /** Of the whole array. */
  readonly job: string;
  /** Its number in the array. */
  readonly index: number;
  /** In Slurm's words, such as PENDING or RUNNING. */
  readonly state: string;
  /** Empty while it has none. */
  readonly node: string;
  /** Why it waits, in Slurm's words, such as Resources. */
  readonly reason: string;
}

async function answer(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await exec(command, [...args], { maxBuffer: MOST })).stdout;
  } catch (error) {
    const { code, stderr, message } = error as Error & { readonly code?: string | number; readonly stderr?: string };
    if (code === 'ENOENT')
      throw new WorkbenchError(
        'file-missing',
        `Slurm's command ${command} is not on this machine. Use a login node of the cluster, or run the sweep here: leave out --engine slurm.`,
      );
    throw usageError(`Slurm refused "${command} ${args.join(' ')}": ${(stderr ?? '').trim() || message}`);
  }
}

/** Tasks that an array may have here. @throws WorkbenchError where Slurm cannot be asked */
export async function mostTasks(): Promise<number> {
  // An index must be below this value.
  return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(await answer('scontrol', ['show', 'config']))?.[1] ?? 1001);
}

/** @returns the array's job id. @throws WorkbenchError `invalid-setting` with Slurm's words where it is refused */
export async function submit(script: string, options: readonly string[]): Promise<string> {
  const [id = ''] = (await answer('sbatch', ['--parsable', ...options, script])).trim().split(';');
  return id;
}

/** Own tasks in Slurm's queue, of all jobs. @throws WorkbenchError where Slurm cannot be asked */
export async function ownTasks(): Promise<QueuedTask[]> {
  const text = await answer('squeue', ['--me', '--noheader', '--array', '--format=%j|%F|%K|%T|%N|%r']);
  return text.split('\n').flatMap((line) => {
    const [jobName = '', job = '', index = '', state = '', node = '', reason = ''] = line.trim().split('|');
    return /^\d+$/.test(index) ? [{ jobName, job, index: Number(index), state, node, reason }] : [];
  });
}

/** Ends jobs; tasks at work get TERM first, and so write their checkpoints. */
export async function cancelJobs(jobs: readonly string[]): Promise<void> {
  await answer('scancel', jobs);
}

/** Queues a task that works once more. */
export async function requeue(job: string, index: string): Promise<void> {
  await answer('scontrol', ['requeue', `${job}_${index}`]);
}
