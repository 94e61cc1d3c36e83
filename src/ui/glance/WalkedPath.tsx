/** Draws the way of a search through the plane of two costs. */
import type { Scales } from '../charts/Axes';
import { usePointedStep } from '../charts/timeAxis';

export interface WalkPoint {
  readonly step: number;
  readonly across: number;
  readonly up: number;
}

interface WalkedPathProps {
  readonly points: readonly WalkPoint[];
  readonly scales: Scales;
}

export function WalkedPath({ points, scales }: WalkedPathProps) {
  const last = points.at(-1);
  if (!last) return null;
  return (
    <g>
      <polyline
        points={points.map(({ across, up }) => `${scales.x(across).toFixed(1)},${scales.y(up).toFixed(1)}`).join(' ')}
        fill="none"
        stroke="var(--line-4)"
        strokeWidth={2}
      />
      <circle cx={scales.x(last.across)} cy={scales.y(last.up)} r={5} fill="var(--line-4)" stroke="var(--panel)" />
    </g>
  );
}

/** Where the search was at the step that is pointed at in any chart. */
export function PointedPlace({ points, scales }: WalkedPathProps) {
  const step = usePointedStep();
  const place = step === null ? undefined : (points.find((point) => point.step >= step) ?? points.at(-1));
  if (!place) return null;
  return (
    <circle data-passing="" cx={scales.x(place.across)} cy={scales.y(place.up)} r={6} fill="none" stroke="var(--ink)" strokeWidth={2} />
  );
}
