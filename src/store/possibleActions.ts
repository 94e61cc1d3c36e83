import { isBusy } from './isBusy';
import type { WorkbenchState } from './state';

/** Whether there is nothing to learn from, and why is known. */
export const lacksExamples = ({ dataset, dataError }: WorkbenchState) => dataset === null && dataError !== null;

/** What a person can do with the run now; buttons and shortcuts agree by it. */
export function possibleActions(workbench: WorkbenchState) {
  const { run, shortfall, backend, refused } = workbench;
  const { state, starting } = run;
  const busy = isBusy(run);
  const start = !busy && !lacksExamples(workbench) && shortfall === null && backend.state !== 'failed' && refused.length === 0;
  return {
    start,
    pause: state === 'running',
    resume: state === 'paused',
    step: state !== 'running' && !starting && (busy || start),
    stop: busy && !starting,
    reset: state !== 'idle' && !starting,
  } as const;
}
