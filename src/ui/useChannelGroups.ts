import type { ChannelGroup } from '../core/network/channels';
import { useWorkbenchState } from './useWorkbench';

const none: readonly ChannelGroup[] = [];

/** The groups of channels that are searched: the run's, or those that a run would start with. */
export function useChannelGroups(): readonly ChannelGroup[] {
  const running = useWorkbenchState(({ run }) => run.groups);
  const expected = useWorkbenchState(({ space }) => space?.groups ?? none);
  return running.length > 0 ? running : expected;
}
