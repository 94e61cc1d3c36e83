import type { SpaceKind } from '../core/config/searchConfig';
import { taskFor } from '../core/tasks/index';
import type { WorkbenchState } from './state';

// The same lists every time, since components that read a new one would render again and again.
const NONE: readonly SpaceKind[] = [];
const ONLY: Readonly<Record<SpaceKind, readonly SpaceKind[]>> = { candidates: ['candidates'], channels: ['channels'] };

/** The kinds of space that the chosen strategy searches, in order; empty until the strategy is known. */
export function searchesOf({ strategies, method, task, choices }: WorkbenchState): readonly SpaceKind[] {
  const strategy = strategies.find(({ id }) => id === method);
  if (!strategy) return NONE;
  const { searches, eitherSpace } = strategy;
  if (!eitherSpace) return searches;
  if (choices.space !== 'any') return ONLY[choices.space];
  const first = searches.find((kind) => taskFor(task).spaces[kind] !== undefined);
  return first ? ONLY[first] : NONE;
}
