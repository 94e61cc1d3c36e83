import type { SpaceKind } from '../core/config/searchConfig';
import type { WorkbenchState } from './state';

const NONE: readonly SpaceKind[] = [];

/** What the chosen strategy searches, in order; nothing until it is known. */
export function searchesOf({ strategies, method }: WorkbenchState): readonly SpaceKind[] {
  return strategies.find(({ id }) => id === method)?.searches ?? NONE;
}
