import type { ReactNode } from 'react';
import { metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { Quality } from '../../core/tasks/task';
import { say } from '../../core/language/say';
import type { Scales } from './Axes';
import { LazyAxes } from './LazyAxes';

interface CostAxesProps {
  readonly metric: MetricId;
  readonly quality: Quality;
  /** The end of the axis of costs, which begins at 0, in the unit that people read. */
  readonly right: number;
  readonly low?: number;
  readonly high: number;
  readonly yTicks?: readonly number[];
  /** Draws between the axes; qualities in percent are drawn times 100. */
  readonly draw: (scales: Scales) => ReactNode;
}

/** The plane of a quality over a cost, in which each network is a point. */
export function CostAxes({ metric, quality, right, draw, ...vertical }: CostAxesProps) {
  const { unit } = metricTexts[metric];
  const title = say(metricTexts[metric].name);
  const yUnit = quality.unit === '%' ? { yUnit: ' %' } : {};
  return (
    <div className="plot" aria-hidden="true">
      <LazyAxes
        from={0}
        to={right}
        height={230}
        yWidth={48}
        xLabel={unit ? say('{title} ({unit})', { title, unit }) : title}
        {...yUnit}
        {...vertical}
        draw={draw}
      />
    </div>
  );
}

/** The dashed line of a target. */
export function TargetLine({ at, label, scales }: { at: number; label?: string; scales: Scales }) {
  const x = scales.x(at);
  return (
    <g>
      <line x1={x} x2={x} y1={scales.top} y2={scales.bottom} stroke="var(--target)" strokeDasharray="5 4" />
      {label && (
        <text x={x - 4} y={scales.top + 10} textAnchor="end" fontSize={10} fill="var(--axis)">
          {label}
        </text>
      )}
    </g>
  );
}
