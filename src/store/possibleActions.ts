import { isBusy } from './isBusy';
import type { WorkbenchState } from './state';

/** What a person can do with the run now; buttons and shortcuts agree by it. */
export function possibleActions({ run, shortfall, backend, refused, dataset, dataError }: WorkbenchState) {
  const { state, starting } = run;
  const busy = isBusy(run);
  const missing = dataset === null && dataError !== null;
  const start = !busy && !missing && shortfall === null && backend.state !== 'failed' && refused.length === 0;
  return {
    start,
    pause: state === 'running',
    resume: state === 'paused',
    step: state !== 'running' && !starting && (busy || start),
    stop: busy && !starting,
    reset: state !== 'idle' && !starting,
  } as const;
}
