/** The text that `sbatch` gets for an array of tasks. Options are those of https://slurm.schedmd.com/sbatch.html. */
import { shellWord } from '../../../core/shellWord';
import { usageError } from '../../exit';

/** So long before its time limit a task is told to write its checkpoints, in seconds. Slurm may send the signal up to a minute early. */
const WARNED_S = 120;

export interface BatchScript {
  readonly jobName: string;
  /** Of this array; tasks are numbered from 0. */
  readonly tasks: number;
  /** Tasks of arrays before this one. */
  readonly offset: number;
  /** Tasks at a time; null for as many as Slurm gives. */
  readonly parallel: number | null;
  /** Processors of a task. */
  readonly processors: number;
  /** Folder of the submission, as an absolute path that all nodes share. */
  readonly submission: string;
  /** What starts a task: Node, its options and the program. It is started as it is, so that no task installs anything. */
  readonly command: readonly string[];
}

/**
 * A task that its node has lost is queued again and appends to the same log. USR2 goes to the task's own process, which `exec` puts in the place of
 * the shell; Node would open its inspector's port on USR1 where that comes before the program listens.
 * @throws WorkbenchError `invalid-setting` for a path that cannot stand in a line of options
 */
export function batchScript({ jobName, tasks, offset, parallel, processors, submission, command }: BatchScript): string {
  if (/["\\\n]/.test(submission))
    throw usageError(`${submission} has a quote, a backslash or a line break in its name, which sbatch cannot read. Rename the folder.`);
  const options = [
    `--job-name=${jobName}`,
    `--array=0-${tasks - 1}${parallel === null ? '' : `%${parallel}`}`,
    `--cpus-per-task=${processors}`,
    '--requeue',
    '--open-mode=append',
    `--signal=B:USR2@${WARNED_S}`,
    `--output="${submission.replaceAll('%', '%%')}/${offset}-%a.log"`,
  ];
  return [
    '#!/bin/sh',
    ...options.map((option) => `#SBATCH ${option}`),
    `exec ${[...command, submission, String(offset)].map(shellWord).join(' ')}`,
    '',
  ].join('\n');
}
