import type { ChannelGroup } from '../core/network/channels';
import { useWorkbenchState } from './useWorkbench';

const none: readonly ChannelGroup[] = [];

/** The groups of channels that are searched in the run, or that a new run would search first. */
export function useChannelGroups(): readonly ChannelGroup[] {
  const running = useWorkbenchState(({ run }) => run.groups);
  const expected = useWorkbenchState(({ space }) => space?.groups ?? none);
  return running.length > 0 ? running : expected;
}
