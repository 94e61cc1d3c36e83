import type { ChannelGroup } from '../core/network/channels';
import { sentencesText } from '../core/language/lists';
import { say, word } from '../core/language/say';
import type { Curve } from '../store/curve';
import type { Curves } from '../store/curves';
import { candidateLabel } from './candidateNames';
import { candidateColour } from './charts/colours';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { HeatMap, type HeatGroup } from './charts/HeatMap';
import { StackChart } from './charts/StackChart';
import { useMemo } from './language/memo';
import { Panel } from './Panel';
import { useCurves } from './useWorkbench';
import { useChannelGroups } from './useChannelGroups';

/** The architecture parameters over time: the whole network in one map, and a small chart per mixed operation or group of channels. */
export function ArchitectureWeightsView() {
  const curves = useCurves();
  const groups = useChannelGroups();
  const { title, hints } = useWhatIsShown();
  const heat = useMemo(() => heatGroups(curves, groups), [curves, groups]);
  if (heat.length === 0) return null;
  return (
    <Panel title={say(title)} part="weights" hint={sentencesText(hints.map((hint) => say(hint)))}>
      <div className="charts">
        <HeatMap title={say('Whole network')} groups={heat} />
      </div>
      <div className="charts small">
        {groups.map((group) => (
          <ChannelsChart key={group.id} group={group} curves={curves} />
        ))}
        {[...curves.weights].map(([id, curve]) => (
          <WeightsChart key={id} id={id} curve={curve} />
        ))}
      </div>
    </Panel>
  );
}

const ofCandidates = word(
  'How much each candidate operation counts at each place: probabilities that sum to 1. They start equal, or highest for the largest network that fits, and settle during the search.',
);
const ofChannels = word(
  'How many channels are kept at each place, and how many the expected cost counts. Layers whose outputs are added share theirs, and are named after the first one.',
);
const whatIsShown = {
  candidates: { title: word('Architecture weights'), hints: [ofCandidates] },
  channels: { title: word('Channels kept'), hints: [ofChannels] },
  both: { title: word('Architecture weights and channels kept'), hints: [ofCandidates, ofChannels] },
} as const;

/** What the view shows, by its name: where channels are searched after candidates, first those, then both. */
export function useWhatIsShown() {
  const { weights } = useCurves();
  const groups = useChannelGroups();
  return whatIsShown[groups.length === 0 ? 'candidates' : weights.size === 0 ? 'channels' : 'both'];
}

const sharesOf = (curve: Curve) => curve.columns.map((name) => ({ label: candidateLabel(name), colour: candidateColour(name) }));

function heatGroups(curves: Curves, groups: readonly ChannelGroup[]): HeatGroup[] {
  const kept = [{ label: word('channels kept'), colour: 'var(--line-1)' }];
  return [
    ...groups.flatMap(({ id, channels }): HeatGroup[] => {
      const curve = curves.channels.get(id);
      return curve ? [{ label: id, curve, shares: kept, most: channels }] : [];
    }),
    ...[...curves.weights].map(([label, curve]): HeatGroup => ({ label, curve, shares: sharesOf(curve), most: 1 })),
  ];
}

function WeightsChart({ id, curve }: { id: string; curve: Curve }) {
  const shares = useMemo(() => sharesOf(curve), [curve]);
  return <StackChart title={id} curve={curve} shares={shares} />;
}

function ChannelsChart({ group: { id, channels }, curves }: { group: ChannelGroup; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.channels.get(id);
    if (!curve) return [];
    return [
      { curve, column: 0, label: word('kept'), colour: 'var(--line-1)' },
      { curve, column: 1, label: word('counted'), colour: 'var(--line-2)' },
    ];
  }, [curves, id]);
  return <CurveChart title={id} unit={say('of {channels} channels', { channels })} lines={lines} top={channels} height={130} />;
}
