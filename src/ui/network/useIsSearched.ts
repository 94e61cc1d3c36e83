import { useWorkbenchState } from '../useWorkbench';

/** Whether anything of the network shown is searched: candidates or channels. Of a network from a file nothing is. */
export function useIsSearched(): boolean {
  return useWorkbenchState(
    ({ space, run }) => run.groups.length > 0 || (space?.groups.length ?? 0) > 0 || (space?.layers ?? []).some(({ op }) => op === null),
  );
}
