import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { taskFor, type Task } from '../core/tasks/index';
import type { Curves } from '../store/curves';
import type { WorkbenchState } from '../store/state';
import type { Workbench } from '../store/workbench';

export const WorkbenchContext = createContext<Workbench | null>(null);

/** The application, for a person's actions. */
export function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext);
  if (!workbench) throw new Error('useWorkbench outside of WorkbenchContext');
  return workbench;
}

/** A part of the state. The component renders again when that part changes. */
export function useWorkbenchState<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useWorkbench().store, select);
}

/** The current run's curves; components subscribe to each curve by themselves. */
export function useCurves(): Curves {
  return useStore(useWorkbench().curves);
}

/** What is learnt. */
export function useTask(): Task {
  return taskFor(useWorkbenchState(({ task }) => task));
}
