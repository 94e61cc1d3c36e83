import { createContext, use } from 'react';
import type { Period } from '../../store/curves';

/** The phases of the run that charts shade; none around charts of several runs. */
export const PeriodsContext = createContext<readonly Period[]>([]);

export function usePeriods(): readonly Period[] {
  return use(PeriodsContext);
}
