import { lazy, Suspense, useRef, useState, type KeyboardEvent } from 'react';
import { say, word } from '../../core/language/say';
import type { SpaceSummary } from '../../protocol/protocol';
import { useChannelGroups } from '../useChannelGroups';
import { useStrategy } from '../useStrategy';
import { useTask } from '../useWorkbench';
import { ExpectedCostsOf } from './ExpectedCosts';
import { HeatStrip, STRIP_HEIGHT } from './HeatStrip';
import { missingPart } from './missingPart';
import { NetworkBox } from './NetworkBox';
import { useFolding } from './useFolding';
import { useShownBox } from './useShownBox';
import { useZoom } from './useZoom';

const LayerDetails = lazy(() => import('./LayerDetails').catch(missingPart(word('The details of a layer'))));
const CostsTable = lazy(() => import('./CostsTable').catch(missingPart(word('The table of costs'))));

/** One press of a zoom button or key. */
const STEP = 1.25;

/** The boxes with their connections, the strip of costs below them, and the details of one of them. @param whole see `NetworkView` */
export default function NetworkGraph({ space, whole }: { space: SpaceSummary; whole: boolean }) {
  const { one } = useTask().example;
  const groups = useChannelGroups();
  const pruned = useStrategy()?.searches.includes('channels') ?? false;
  const { drawing, stages, folded, fold } = useFolding(space.layers, say(one), pruned);
  const height = drawing.height + STRIP_HEIGHT;
  const place = useRef<HTMLDivElement>(null);
  const zoom = useZoom(place, { width: drawing.width, height }, whole);
  const shown = useShownBox();
  const [asTable, setAsTable] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const [tabStop, setTabStop] = useState<string | null>(null);
  const boxes = drawing.boxes.flatMap(({ box }) => box ?? []);
  const stop = boxes.some(({ id }) => id === tabStop) ? tabStop : boxes[0]?.id;
  const details = boxes.find(({ id }) => id === shown.id);
  const stageOf = (id: string) =>
    stages.find((stage) => stage.id === id || stage.blocks?.some((block) => block.boxes.some((box) => box.id === id)));

  function keyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const covers = [...(place.current?.querySelectorAll<HTMLElement>('.box-cover') ?? [])];
    const at = covers.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: covers.length - 1,
    };
    const to = covers[moves[event.key] ?? -1];
    if (at >= 0 && event.key in moves) to?.focus();
    else if (event.key === '+' || event.key === '=') zoom.by(STEP);
    else if (event.key === '-') zoom.by(1 / STEP);
    else if (event.key === '0') zoom.fit();
    else return;
    event.preventDefault();
  }

  return (
    <ExpectedCostsOf place={around}>
      <div className="network-buttons">
        {stages.length > 0 && (
          <button className="link" onClick={() => fold(new Set(folded.size > 0 ? [] : stages.map(({ id }) => id)))}>
            {folded.size > 0 ? say('Unfold all') : say('Fold')}
          </button>
        )}
        <button className="link" aria-label={say('Zoom out')} aria-keyshortcuts="-" onClick={() => zoom.by(1 / STEP)}>
          −
        </button>
        <button className="link" aria-label={say('Zoom in')} aria-keyshortcuts="+" onClick={() => zoom.by(STEP)}>
          +
        </button>
        <button className="link" aria-label={say('Fit the whole network')} aria-keyshortcuts="0" onClick={zoom.fit}>
          {say('Fit')}
        </button>
        <button
          className="link"
          aria-expanded={asTable}
          aria-label={asTable ? say('Hide table of layers') : say('Show table of layers')}
          onClick={() => setAsTable(!asTable)}
        >
          {say('Table')}
        </button>
      </div>
      <div className="network-place" ref={around} onKeyDown={(event) => event.key === 'Escape' && shown.close()}>
        <div
          className="drawing-scroll"
          role="group"
          aria-label={say('Graph of the network. Arrow keys go from layer to layer, plus, minus and 0 zoom.')}
          ref={place}
          style={{ height: zoom.height }}
          onKeyDown={keyDown}
        >
          <div className="drawing-room" style={{ width: zoom.scale * drawing.width, height: zoom.scale * height }}>
            <div className="drawing" style={{ width: drawing.width, height, transform: `scale(${zoom.scale})` }}>
              <svg width={drawing.width} height={drawing.height} aria-hidden="true">
                {drawing.edges.map((points, index) => (
                  <polyline key={index} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
                ))}
              </svg>
              <ol>
                {drawing.boxes.map((placed) => (
                  <NetworkBox
                    key={placed.box?.id ?? 'the input'}
                    placed={placed}
                    groups={groups}
                    shown={shown}
                    isTabStop={placed.box?.id === stop}
                    onFocus={setTabStop}
                  />
                ))}
              </ol>
              <HeatStrip boxes={drawing.boxes} top={drawing.height} />
            </div>
          </div>
        </div>
        {details && (
          <section
            className="layer-details"
            aria-label={say('Details')}
            onPointerEnter={() => shown.point(details.id)}
            onPointerLeave={() => shown.point(null)}
          >
            <Suspense>
              <LayerDetails
                box={details}
                stage={stageOf(details.id) ?? null}
                onClose={shown.close}
                onFold={(isFolded) => {
                  const id = stageOf(details.id)?.id as string;
                  shown.close();
                  fold(new Set(isFolded ? [...folded, id] : [...folded].filter((other) => other !== id)));
                }}
              />
            </Suspense>
          </section>
        )}
      </div>
      {asTable && (
        <Suspense>
          <CostsTable boxes={drawing.boxes} />
        </Suspense>
      )}
    </ExpectedCostsOf>
  );
}
