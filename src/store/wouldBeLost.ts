import { isBusy } from './isBusy';
import type { RunView } from './state';

/** Whether the page going away would lose something: a search under way, or what it has trained and nobody has downloaded. */
export function wouldBeLost(run: RunView): boolean {
  return isBusy(run) || run.unsaved;
}
