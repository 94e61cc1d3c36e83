import { useMemo } from 'react';
import type { ChannelGroup } from '../core/network/channels';
import type { Curves } from '../store/curves';
import { candidateName } from './candidateNames';
import { candidateColour } from './charts/colours';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { Panel } from './Panel';
import { useCurves } from './useWorkbench';
import { useChannelGroups } from './useChannelGroups';

/** The architecture parameters over time: a small chart per mixed operation, or per group of channels. */
export function ArchitectureWeightsView() {
  const curves = useCurves();
  const groups = useChannelGroups();
  return (
    <Panel title="Architecture weights" part="weights" hint={groups.length > 0 ? channelsHint : candidatesHint}>
      <div className="charts three">
        {groups.map((group) => (
          <ChannelsChart key={group.id} group={group} curves={curves} />
        ))}
        {[...curves.weights.keys()].map((id) => (
          <WeightsChart key={id} id={id} curves={curves} />
        ))}
      </div>
    </Panel>
  );
}

const candidatesHint =
  'How much each candidate operation counts at each place: probabilities that sum to 1. They start equal, or highest for the largest network that fits, and settle during the search.';
const channelsHint =
  'How many channels are kept at each place, and how many the expected cost counts. Layers whose outputs are added share theirs, and are named after the first one.';

function WeightsChart({ id, curves }: { id: string; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.weights.get(id);
    if (!curve) return [];
    return curve.columns.map((name, column) => ({ curve, column, label: candidateName(name), colour: candidateColour(name) }));
  }, [curves, id]);
  return <CurveChart title={id} unit="" lines={lines} top={1} height={130} />;
}

function ChannelsChart({ group: { id, channels }, curves }: { group: ChannelGroup; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.channels.get(id);
    if (!curve) return [];
    return [
      { curve, column: 0, label: 'kept', colour: 'var(--line-1)' },
      { curve, column: 1, label: 'counted', colour: 'var(--line-2)' },
    ];
  }, [curves, id]);
  return <CurveChart title={id} unit={`of ${channels} channels`} lines={lines} top={channels} height={130} />;
}
