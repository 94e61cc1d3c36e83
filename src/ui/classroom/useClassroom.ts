import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Classroom, ClassState } from '../../store/classroom';

export const ClassroomContext = createContext<Classroom | null>(null);

/** The class, for a person's actions. */
export function useClassroom(): Classroom {
  const classroom = use(ClassroomContext);
  if (!classroom) throw new Error('useClassroom outside of ClassroomContext');
  return classroom;
}

export function useClassState<T>(select: (state: ClassState) => T): T {
  return useStore(useClassroom().store, select);
}
