import type { WorkbenchState } from '../store/state';
import { useWorkbenchState } from './useWorkbench';

/** The chosen strategy, which is that of the run shown; undefined until it is known. */
export function useStrategy(): WorkbenchState['strategies'][number] | undefined {
  return useWorkbenchState(({ strategies, method }) => strategies.find(({ id }) => id === method));
}
