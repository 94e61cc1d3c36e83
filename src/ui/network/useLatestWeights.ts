import { type RefObject } from 'react';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useCurves } from '../useWorkbench';

/** The newest weights of some mixed operations' candidates; undefined for one that has none yet. @param ids must stay the same array */
export function useLatestWeights(ids: readonly string[], place: RefObject<Element | null>): readonly (readonly number[] | undefined)[] {
  const curves = useCurves();
  const own = useMemo(() => ids.flatMap((id) => curves.weights.get(id) ?? []), [curves, ids]);
  return useNewest(own, place);
}
