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

/** What views show: the workbench with its current run, or a kept run. */
export type Shown = Pick<Workbench, 'store' | 'curves' | 'export'> & {
  /** The id of a kept run, which stays the same while it is read again and again. */
  readonly keptId?: string;
};

/** Null where the workbench itself is shown. */
export const ShownContext = createContext<Shown | null>(null);

export function useShown(): Shown {
  const workbench = useWorkbench();
  return use(ShownContext) ?? workbench;
}

/** A part of the state. The component renders again when that part changes. */
export function useWorkbenchState<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useShown().store, select);
}

/** The shown run's curves; components subscribe to each curve by themselves. */
export function useCurves(): Curves {
  return useStore(useShown().curves);
}

/** What is learnt. */
export function useTask(): Task {
  return taskFor(useWorkbenchState(({ task }) => task));
}
