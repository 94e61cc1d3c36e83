/** Options that say who runs the cells of a plan: processes of this machine, or Slurm. */
import { wholeRange } from '../../core/config/domain';
import { usageError } from '../exit';
import { readNumberIn } from '../optionValue';
import type { SlurmOptions } from './slurm/submitCommand';

export const engineOptions = {
  engine: { type: 'string', default: 'local' },
  parallel: { type: 'string' },
  threads: { type: 'string' },
  'cells-per-task': { type: 'string' },
} as const;

export const MOST_PROCESSES = 1024;

type Values = { readonly [option in keyof typeof engineOptions]?: string | undefined };

/** The arguments of a command, and those behind "--", which are sbatch's own. */
export function withoutOwn(all: readonly string[]): { readonly args: string[]; readonly own: readonly string[] } {
  const end = all.includes('--') ? all.indexOf('--') : all.length;
  return { args: all.slice(0, end), own: all.slice(end + 1) };
}

/**
 * @param own arguments behind "--"
 * @returns null for processes of this machine
 * @throws WorkbenchError `invalid-setting`
 */
export function readSlurm(values: Values, own: readonly string[]): SlurmOptions | null {
  const { engine, 'cells-per-task': perTask } = values;
  if (engine === 'slurm') {
    const number = (option: keyof Values, most: number) =>
      values[option] === undefined ? null : readNumberIn(`--${option}`, values[option], wholeRange(1, most));
    return {
      cellsPerTask: number('cells-per-task', 1e6),
      threads: number('threads', MOST_PROCESSES),
      parallel: number('parallel', 1e6),
      own,
    };
  }
  if (engine !== 'local') throw usageError(`--engine takes local or slurm, not "${engine}"`);
  if (perTask !== undefined || own.length > 0) throw usageError('--cells-per-task and options after "--" belong to --engine slurm');
  return null;
}
