/** Draws the points of a Pareto chart. */
import { say } from '../../core/language/say';
import type { Placed } from '../../core/runs/front';
import type { Scales } from '../charts/Axes';

export interface ParetoPoint extends Placed {
  readonly id: string;
  /** Its name. */
  readonly run: string;
  /** What it is, for a tooltip. */
  readonly text: string;
  /** The quality as it is shown. */
  readonly shown: number;
}

interface ParetoMarksProps {
  readonly points: readonly ParetoPoint[];
  readonly front: readonly ParetoPoint[];
  readonly seeds: readonly Placed[];
  /** What costs are divided by, and qualities multiplied with, for the axes. */
  readonly perUnit: number;
  readonly scale: number;
  readonly scales: Scales;
  readonly onOpen: (id: string) => void;
}

export function ParetoMarks({ points, front, seeds, perUnit, scale, scales, onOpen }: ParetoMarksProps) {
  const x = (cost: number) => scales.x(cost / perUnit);
  const y = (quality: number) => scales.y(scale * quality);
  const best = new Set(front.map(({ id }) => id));
  const path = front.map(({ cost, shown }, index) => (index === 0 ? `M${x(cost)},${y(shown)}` : `H${x(cost)}V${y(shown)}`)).join('');
  // The best come last, so that none of the others hides them.
  const drawn = [...points.filter(({ id }) => !best.has(id)), ...front];
  return (
    <g>
      <path d={path} fill="none" stroke="var(--line-1)" strokeWidth={1.5} />
      {seeds.map(({ cost, quality }) => (
        <rect key={`${cost} ${quality}`} x={x(cost) - 4} y={y(quality) - 4} width={8} height={8} fill="var(--line-2)">
          <title>{say('seed network')}</title>
        </rect>
      ))}
      {drawn.map(({ id, text, cost, shown }) => (
        <circle
          key={id}
          className="pareto-point"
          cx={x(cost)}
          cy={y(shown)}
          r={best.has(id) ? 5 : 3.5}
          fill={best.has(id) ? 'var(--line-1)' : 'var(--panel)'}
          stroke="var(--line-1)"
          onClick={() => onOpen(id)}
        >
          <title>{text}</title>
        </circle>
      ))}
    </g>
  );
}
