import type { Targets } from '../../core/cost/metrics';
import { useWorkbenchState } from '../useWorkbench';

/** The limits of what is shown: those for which its network was chosen, else the targets as they are set. */
export function useLimits(): Targets {
  return useWorkbenchState(({ targets, run }) => (run.chosen && run.resultTargets) ?? targets);
}

/** Whether the targets as they are set are no longer those for which the network was chosen. */
export function useMoved(): boolean {
  return useWorkbenchState(({ targets, run }) => {
    const own = run.chosen && run.resultTargets;
    return own !== null && JSON.stringify(Object.entries(own).sort()) !== JSON.stringify(Object.entries(targets).sort());
  });
}
