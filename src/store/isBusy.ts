import type { RunView } from './state';

/** Whether a search is under way, during which its settings cannot change. */
export function isBusy({ state, starting }: RunView): boolean {
  return starting || state === 'running' || state === 'paused';
}
