import type { SpaceKind } from '../core/config/searchConfig';
import type { WorkbenchState } from './state';

const NONE: readonly SpaceKind[] = [];

/** The kinds of space that the chosen strategy searches, in order; empty until the strategy is known. */
export function searchesOf({ strategies, method }: WorkbenchState): readonly SpaceKind[] {
  return strategies.find(({ id }) => id === method)?.searches ?? NONE;
}
