import { useRef } from 'react';
import type { ChannelGroup } from '../../core/network/channels';
import { say } from '../../core/language/say';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useCurves, useWorkbenchState } from '../useWorkbench';

/** As many bars as can be told apart in a box; of more channels each bar stands for several. */
const MOST_BARS = 32;

/** How many channels of a layer are kept, as a number and as bars that go dark: at the moment while they are searched, later in the found network. */
export function KeptChannels({ group, layer }: { group: ChannelGroup; layer: string }) {
  const curves = useCurves();
  const derived = useWorkbenchState(({ run }) => run.channels.find((channels) => channels.layer === layer)?.kept);
  const place = useRef<HTMLSpanElement>(null);
  const own = useMemo(() => {
    const curve = curves.channels.get(group.id);
    return curve ? [curve] : [];
  }, [curves, group]);
  const latest = useNewest(own, place)[0]?.[0];
  const kept = Math.round(derived ?? latest ?? group.channels);
  // A space as wide as a digit, so that nothing moves when fewer than ten are left.
  const number = String(kept).padStart(String(group.channels).length, '\u2007');
  return (
    <span className="channels" ref={place}>
      <span className="all-channels" style={{ maskImage: barsOf(group.channels) }} aria-hidden="true">
        <span className="kept-channels" style={{ transform: `scaleX(${kept / group.channels})` }} />
      </span>
      {number}/{group.channels}
      <span className="visually-hidden"> {say('channels kept')}</span>
    </span>
  );
}

/** What cuts a line into as many bars, with gaps of a third of their width. */
function barsOf(channels: number): string {
  const width = (100 * Math.ceil(channels / MOST_BARS)) / channels;
  return `repeating-linear-gradient(90deg, black 0 ${0.75 * width}%, transparent 0 ${width}%)`;
}
