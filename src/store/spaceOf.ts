import type { SearchConfig } from '../core/config/searchConfig';
import { taskFor } from '../core/tasks/index';
import type { WorkbenchState } from './state';

/**
 * The kind of space that a search is asked for. `any`, the task's first, for a strategy that leaves no choice, and where the task lacks
 * the kind that was chosen for another one.
 */
export function spaceOf({
  strategies,
  method,
  task,
  choices: { space },
}: Pick<WorkbenchState, 'strategies' | 'method' | 'task' | 'choices'>): SearchConfig['space'] {
  const isOffered = space !== 'any' && taskFor(task).spaces[space] !== undefined;
  return isOffered && strategies.find(({ id }) => id === method)?.eitherSpace ? space : 'any';
}
