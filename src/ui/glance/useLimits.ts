import type { Targets } from '../../core/cost/metrics';
import { sameTargets } from '../../core/search/constraints/targets';
import { useWorkbenchState } from '../useWorkbench';

/** The limits of what is shown: those for which its network was chosen, else the targets as they are set. */
export function useLimits(): Targets {
  return useWorkbenchState(({ targets, run }) => (run.chosen && run.resultTargets) ?? targets);
}

/** Whether the targets as they are set are no longer those for which the network was chosen. */
export function useMoved(): boolean {
  return useWorkbenchState(({ targets, run }) => {
    const own = run.chosen && run.resultTargets;
    return own !== null && !sameTargets(own, targets);
  });
}
