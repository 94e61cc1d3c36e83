/** Options that say who runs the trainings of an evaluation. */
import { availableParallelism } from 'node:os';
import { wholeRange } from '../../core/config/domain';
import type { Interruption } from '../interruption';
import { readNumberIn } from '../optionValue';
import { engineOptions, MOST_PROCESSES, readSlurm } from '../sweep/engineOptions';
import type { RunChoice } from './plannedRun';

export { engineOptions };

export const ENGINE_HELP = `  --engine slurm    queue what can begin now on a cluster, and end; the same command takes the results in, and queues what
                    follows from them. --cells-per-task N and -- OPTIONS are those of "sweep -- run"; docs/scaling.md tells more
  --parallel N      trainings at a time, or on Slurm tasks`;

type Values = Parameters<typeof readSlurm>[0];

/**
 * @param own arguments behind "--"
 * @param usual trainings at a time (null for as many as the cores allow) and threads of each, on this machine, unless they are given
 * @throws WorkbenchError `invalid-setting`
 */
export function readRunChoice(
  values: Values,
  own: readonly string[],
  interruption: Interruption,
  usual: Pick<RunChoice, 'parallel' | 'threads'>,
): RunChoice {
  const slurm = readSlurm(values, own);
  if (slurm) return { slurm, ...usual, interruption };
  const number = (option: 'parallel' | 'threads', most: number) =>
    values[option] === undefined ? usual[option] : readNumberIn(`--${option}`, values[option], wholeRange(1, most));
  const threads = number('threads', availableParallelism()) ?? usual.threads;
  return { slurm, parallel: number('parallel', MOST_PROCESSES), threads, interruption };
}
