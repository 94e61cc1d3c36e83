import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { SweepQueue, SweepState } from '../../../store/sweep';

export const SweepContext = createContext<SweepQueue | null>(null);

/** The page's sweep, for a person's actions. */
export function useSweep(): SweepQueue {
  const sweep = use(SweepContext);
  if (!sweep) throw new Error('useSweep outside of SweepContext');
  return sweep;
}

export function useSweepState<T>(select: (state: SweepState) => T): T {
  return useStore(useSweep().store, select);
}
