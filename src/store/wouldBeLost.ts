import { isBusy } from './isBusy';
import type { RunView } from './state';

/**
 * Whether leaving the page would lose more than some seconds: what is kept as a whole goes on later; of another run the weights are lost,
 * unless somebody has downloaded them.
 */
export function wouldBeLost(run: RunView): boolean {
  return run.kept?.whole !== true && (isBusy(run) || run.unsaved);
}
