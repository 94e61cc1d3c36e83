import { useRef } from 'react';
import type { ChannelGroup } from '../../core/network/channels';
import { say } from '../../core/language/say';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import type { Block } from './boxes';

/** The channels that a block keeps, of all that its layers could lose; nothing where none can be removed. */
export function KeptBar({ block, groups }: { block: Block; groups: readonly ChannelGroup[] }) {
  const curves = useCurves();
  const derived = useWorkbenchState(({ run }) => run.channels);
  const place = useRef<HTMLSpanElement>(null);
  const own = useMemo(() => {
    const layers = new Set(block.boxes.flatMap(({ members }) => members.map(({ id }) => id)));
    return groups.filter((group) => group.layers.some((layer) => layers.has(layer)));
  }, [block, groups]);
  const read = useMemo(() => own.flatMap(({ id }) => curves.channels.get(id) ?? []), [own, curves]);
  const newest = useNewest(read, place);
  if (own.length === 0) return <span ref={place} />;
  const all = own.reduce((sum, { channels }) => sum + channels, 0);
  const kept = own.reduce((sum, { channels, layers }, at) => {
    const found = derived.find(({ layer }) => layers.includes(layer));
    return sum + (found?.kept ?? newest[at]?.[0] ?? channels);
  }, 0);
  return (
    <span className="block-bar" ref={place}>
      <span className="all-channels" aria-hidden="true">
        <span className="kept-channels" style={{ transform: `scaleX(${kept / all})` }} />
      </span>
      <span className="visually-hidden">{say('{kept} of {all} channels kept', { kept: Math.round(kept), all })}</span>
    </span>
  );
}
