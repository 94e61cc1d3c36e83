import type { RunView } from './state';

/** A search is under way, so what defines it cannot change. */
export function isBusy({ state, starting }: RunView): boolean {
  return starting || state === 'running' || state === 'paused';
}
