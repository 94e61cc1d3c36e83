import { useMemo, useRef, type RefObject } from 'react';
import type { Curves } from '../../store/curves';
import { candidateName } from '../candidateNames';
import { candidateColour } from '../charts/colours';
import { useCurveRows } from '../charts/useCurveRows';
import { Panel } from '../Panel';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import { drawNetwork, type Box } from './layout';

/** The network drawn as a graph; where it is searched, bars show the candidates' current weights. */
export function NetworkView() {
  const space = useWorkbenchState((state) => state.space);
  const drawing = useMemo(() => space && drawNetwork(space.layers), [space]);
  return (
    <Panel title="Network" className="network" hint="Data flow from top to bottom. Bars show how much each candidate counts now.">
      {drawing && (
        <div className="drawing" style={{ width: drawing.width, height: drawing.height }}>
          <svg width={drawing.width} height={drawing.height} aria-hidden="true">
            {drawing.edges.map((points, index) => (
              <polyline key={index} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
            ))}
          </svg>
          <ol>
            {drawing.boxes.map((box) => (
              <li
                key={box.id}
                className={box.candidates.length > 0 ? 'mixed' : 'fixed'}
                style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
              >
                {box.candidates.length > 0 ? <MixedOperation box={box} /> : box.lines.map((line) => <span key={line}>{line}</span>)}
              </li>
            ))}
          </ol>
        </div>
      )}
    </Panel>
  );
}

function MixedOperation({ box }: { box: Box }) {
  const curves = useCurves();
  const chosen = useWorkbenchState(({ run }) => run.choice?.[box.id]);
  const place = useRef<HTMLSpanElement>(null);
  const weights = useLatestWeights(curves, box.id, place);
  return (
    <>
      <span className="place" ref={place}>
        {box.id} <small>{box.outputShape.join('×')}</small>
      </span>
      <ul>
        {box.candidates.map((name, index) => {
          const weight = weights?.[index] ?? 1 / box.candidates.length;
          return (
            <li key={name} className={chosen === name ? 'chosen' : chosen ? 'dropped' : ''}>
              <span className="weight" style={{ width: `${100 * weight}%`, background: candidateColour(name) }} />
              <span className="candidate">
                {candidateName(name)}
                {chosen === name && <span className="visually-hidden"> (chosen)</span>}
              </span>
              <span className="percent">{Math.round(100 * weight)} %</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function useLatestWeights(curves: Curves, id: string, place: RefObject<Element | null>): readonly number[] | undefined {
  const own = useMemo(() => {
    const curve = curves.weights.get(id);
    return curve ? [curve] : [];
  }, [curves, id]);
  return useCurveRows(own, place)[0]?.at(-1)?.values;
}
