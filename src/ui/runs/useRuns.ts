import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { RunsState, RunsStore } from '../../store/runs';

export const RunsContext = createContext<RunsStore | null>(null);

/** The kept runs, for a person's actions. */
export function useRuns(): RunsStore {
  const runs = use(RunsContext);
  if (!runs) throw new Error('useRuns outside of RunsContext');
  return runs;
}

export function useRunsState<T>(select: (state: RunsState) => T): T {
  return useStore(useRuns().store, select);
}
