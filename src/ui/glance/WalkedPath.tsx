/** Draws the way of a search into recharts' plot with its scales. */
import { createContext, use } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';

export type WalkPoint = readonly [across: number, up: number];

/** A context, not properties, so that a new point does not make recharts lay out again. */
export const WalkPoints = createContext<readonly WalkPoint[]>([]);

export function WalkedPath() {
  const points = use(WalkPoints);
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()];
  if (!xScale || !yScale || points.length === 0) return null;
  const placed = points.map(([x, y]) => [Number(xScale(x)), Number(yScale(y))] as const);
  const [x, y] = placed.at(-1) as readonly [number, number];
  return (
    <g>
      <polyline
        points={placed.map((point) => point.map((value) => value.toFixed(1)).join()).join(' ')}
        fill="none"
        stroke="var(--line-4)"
        strokeWidth={2}
      />
      <circle cx={x} cy={y} r={5} fill="var(--line-4)" stroke="var(--panel)" />
    </g>
  );
}
