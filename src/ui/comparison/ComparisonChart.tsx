import { useMemo } from 'react';
import { CartesianGrid, ReferenceLine, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import type { Point } from '../../core/runs/comparisonText';
import { qualityText, type Quality } from '../../core/tasks/task';
import { capital } from '../../core/words';
import { axisLook, shortNumber } from '../charts/CurveChart';
import { roundedUp } from '../charts/roundedUp';
import { looks, Mark } from './marks';

interface ComparisonChartProps {
  readonly metric: MetricId;
  readonly quality: Quality;
  readonly points: readonly Point[];
  /** Null where there is none. */
  readonly target: number | null;
}

interface Placed extends Point {
  readonly x: number;
  readonly y: number;
}

const margin = { top: 8, right: 12, bottom: 0, left: 0 };
const kinds = Object.keys(looks) as Point['of'][];

/** Quality over a cost: one mark per network. The table beneath has the same numbers. */
export function ComparisonChart({ metric, quality, points, target }: ComparisonChartProps) {
  const { name, unit, perUnit } = metricTexts[metric];
  const percent = quality.unit === '%';
  const placed = useMemo<Placed[]>(() => {
    const scale = percent ? 100 : 1;
    return points.map((point) => ({ ...point, x: (point.costs[metric] as number) / perUnit, y: scale * point.quality }));
  }, [points, metric, perUnit, percent]);
  const present = kinds.filter((kind) => placed.some(({ of }) => of === kind));
  const limit = target === null ? null : target / perUnit;
  const right = roundedUp(1.02 * Math.max(limit ?? 0, ...placed.map(({ x }) => x)));
  const ticks = ticksAround(
    placed.map(({ y }) => y),
    percent ? 100 : Infinity,
  );
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-title">
          {quality.label} over {metricTexts[metric].word}
        </span>
      </figcaption>
      <ul className="legend">
        {present.toReversed().map((kind) => (
          <li key={kind}>
            <svg width="16" height="16" aria-hidden="true">
              <Mark of={kind} x={8} y={8} />
            </svg>
            {looks[kind].label}
          </li>
        ))}
      </ul>
      <div className="plot" aria-hidden="true">
        <ResponsiveContainer width="100%" height={230}>
          <ScatterChart margin={margin} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--grid)" />
            <XAxis
              dataKey="x"
              type="number"
              domain={[0, right]}
              tickCount={5}
              height={38}
              label={{ value: unit ? `${name} (${unit})` : name, position: 'insideBottom', fontSize: 11, fill: 'var(--axis)' }}
              {...axisLook}
            />
            <YAxis
              dataKey="y"
              type="number"
              width={44}
              domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
              ticks={ticks}
              tickFormatter={shortNumber}
              unit={percent ? ' %' : ''}
              {...axisLook}
            />
            {limit !== null && (
              <ReferenceLine
                x={limit}
                stroke="var(--target)"
                strokeDasharray="5 4"
                label={{ value: 'target', position: 'insideTopRight', fontSize: 10, fill: 'var(--axis)' }}
              />
            )}
            <Tooltip
              isAnimationActive={false}
              cursor={false}
              content={({ payload }) => <Tip point={payload[0]?.payload as Placed | undefined} metric={metric} quality={quality} />}
            />
            {present.map((kind) => (
              <Scatter
                key={kind}
                data={placed.filter(({ of }) => of === kind)}
                isAnimationActive={false}
                shape={({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }) => <Mark of={kind} x={cx ?? 0} y={cy ?? 0} />}
              />
            ))}
          </ScatterChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function Tip({ point, metric, quality }: { point: Placed | undefined; metric: MetricId; quality: Quality }) {
  if (!point) return null;
  return (
    <p className="tip">
      {capital(point.name)}: {qualityText(quality, point.quality)}, {metricText(metric, point.costs[metric] as number)}
    </p>
  );
}

/** Round numbers around these values, some four of them. */
function ticksAround(values: readonly number[], most: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, 0.04 * Math.abs(high), 1e-6);
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = ([1, 2, 5, 10].find((times) => times * power >= span / 3) ?? 10) * power;
  const first = Math.max(0, Math.ceil((low - 0.1 * span) / step - 1));
  const last = Math.min(most / step, Math.floor((high + 0.1 * span) / step + 1));
  return Array.from({ length: Math.round(last - first) + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
