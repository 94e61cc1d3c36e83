import type { MetricId } from '../../core/cost/metrics';
import { decisionsOf, type Decision } from '../../store/whyFacts';
import { candidateName } from '../candidateNames';
import { useMemo } from '../language/memo';
import { useCurves, useWorkbenchState } from '../useWorkbench';

/** Every decision of the search that is shown; empty before it has found a network, and for searches without gradients. */
export function useDecisions(): Decision[] {
  const run = useWorkbenchState((state) => state.run);
  const space = useWorkbenchState((state) => state.space);
  const targets = useWorkbenchState((state) => state.targets);
  const curves = useCurves();
  const limited = run.resultTargets ?? targets;
  return useMemo(
    () => (space ? decisionsOf(run, space, curves, Object.keys(limited) as MetricId[], candidateName) : []),
    [run, space, curves, limited],
  );
}
