import { isBusy } from './isBusy';
import type { RunView } from './state';

/** Whether leaving the page would lose something: a search under way, or trained weights that nobody has downloaded. */
export function wouldBeLost(run: RunView): boolean {
  return isBusy(run) || run.unsaved;
}
