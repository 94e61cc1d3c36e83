import type { ChannelGroup } from '../../core/network/channels';
import { say } from '../../core/language/say';
import { useTask, useWorkbenchState } from '../useWorkbench';
import { tellsShape, type Box } from './boxes';
import { describe } from './describe';
import { FoldedStage } from './FoldedStage';
import { KeptChannels } from './KeptChannels';
import { HEAD_LINES, LINE, PADDING, shapeText, type PlacedBox } from './layout';
import { MixedOperation } from './MixedOperation';
import type { ShownBox } from './useShownBox';

interface NetworkBoxProps {
  readonly placed: PlacedBox;
  readonly groups: readonly ChannelGroup[];
  readonly shown: ShownBox;
  /** Whether the Tab key reaches this box; the arrow keys reach the others from there. */
  readonly isTabStop: boolean;
  readonly onFocus: (id: string) => void;
}

/** One box of the drawing. A button covers it, by which its details are opened. */
export function NetworkBox({ placed: { box, x, y, width, height }, groups, shown, isTabStop, onFocus }: NetworkBoxProps) {
  const { one } = useTask().example;
  const first = box?.members[0];
  const mixed = box && !box.blocks && first?.op === null ? first : null;
  const isFound = useWorkbenchState(({ run }) => mixed !== null && run.result !== null && run.choice?.[mixed.id] !== undefined);
  const left = isFound ? LINE * (HEAD_LINES + 1) + 2 * PADDING : height;
  const looks = { left: x, top: y, width, height: left, transform: `translateY(${(height - left) / 2}px)` };
  if (!box)
    return (
      <li className="fixed" style={looks}>
        <span>{say(one)}</span>
      </li>
    );
  return (
    <li
      className={`${box.blocks ? 'folded' : mixed ? '' : 'fixed'} ${shown.id === box.id ? 'shown' : ''}`}
      style={looks}
      onPointerEnter={(event) => event.pointerType !== 'touch' && shown.point(box.id)}
      onPointerLeave={(event) => event.pointerType !== 'touch' && shown.point(null)}
    >
      {box.blocks ? (
        <FoldedStage box={box} blocks={box.blocks} groups={groups} />
      ) : mixed ? (
        <MixedOperation layer={mixed} groups={groups} isFound={isFound} />
      ) : (
        <>
          {box.members.map((layer) => (
            <FixedLayer key={layer.id} text={describe(layer)} layer={layer.id} groups={groups} />
          ))}
          {tellsShape(box) && <small>{shapeText(box.members)}</small>}
        </>
      )}
      <button
        className="box-cover"
        tabIndex={isTabStop ? 0 : -1}
        aria-label={say('Details of {layer}', { layer: nameOf(box) })}
        aria-expanded={shown.id === box.id}
        onFocus={(event) => {
          onFocus(box.id);
          if (event.target.matches(':focus-visible')) shown.focus(box.id);
        }}
        onClick={() => shown.toggle(box.id)}
      />
    </li>
  );
}

/** As the box is called in sentences. */
export function nameOf({ id, blocks }: Box): string {
  if (!blocks || blocks.length === 0) return id;
  const [first, last] = [blocks[0]?.id ?? id, blocks.at(-1)?.id ?? id];
  return blocks.length === 1 ? say('all of {block}', { block: first }) : say('{first} to {last}', { first, last });
}

function FixedLayer({ text, layer, groups }: { text: string; layer: string; groups: readonly ChannelGroup[] }) {
  const group = groups.find(({ layers }) => layers.includes(layer));
  return (
    <span>
      {text} {group && <KeptChannels group={group} layer={layer} />}
    </span>
  );
}
