import type { SpaceKind } from '../core/config/searchConfig';
import { taskFor } from '../core/tasks/index';
import type { WorkbenchState } from './state';

const NONE: readonly SpaceKind[] = [];

/** The kinds of space that the chosen strategy searches, in order; empty until the strategy is known. */
export function searchesOf({ strategies, method, task, choices }: WorkbenchState): readonly SpaceKind[] {
  const strategy = strategies.find(({ id }) => id === method);
  if (!strategy) return NONE;
  const { searches, eitherSpace } = strategy;
  if (!eitherSpace) return searches;
  const offered = searches.filter((kind) => taskFor(task).spaces[kind] !== undefined);
  return choices.space === 'any' ? offered.slice(0, 1) : [choices.space];
}
