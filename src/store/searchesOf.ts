import type { SpaceKind } from '../core/config/searchConfig';
import { taskFor } from '../core/tasks/index';
import { spaceOf } from './spaceOf';
import type { WorkbenchState } from './state';

// The same lists every time, since components that read a new one would render again and again.
const NONE: readonly SpaceKind[] = [];
const ONLY: Readonly<Record<SpaceKind, readonly SpaceKind[]>> = { candidates: ['candidates'], channels: ['channels'] };

/** The kinds of space that the chosen strategy searches, in order; empty until the strategy is known. */
export function searchesOf(state: WorkbenchState): readonly SpaceKind[] {
  const { strategies, method, task } = state;
  const strategy = strategies.find(({ id }) => id === method);
  if (!strategy) return NONE;
  const { searches, eitherSpace } = strategy;
  if (!eitherSpace) return searches;
  const space = spaceOf(state);
  if (space !== 'any') return ONLY[space];
  const first = searches.find((kind) => taskFor(task).spaces[kind] !== undefined);
  return first ? ONLY[first] : NONE;
}
