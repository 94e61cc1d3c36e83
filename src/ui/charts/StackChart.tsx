/** Shares of a whole over training steps, stacked: a candidate's share is the height of its area. */
import { useCallback, useRef } from 'react';
import { say } from '../../core/language/say';
import type { Curve } from '../../store/curve';
import { memo, useMemo } from '../language/memo';
import type { Scales } from './Axes';
import { ChartFrame } from './ChartFrame';
import { mergedRows, tableOf, valueAt, type ChartRow } from './chartRows';
import { shortNumber } from './numbers';
import { TimePlot } from './TimePlot';
import { useCurveRows } from './useCurveRows';
import { ZoomItems } from './ZoomItems';

export interface Share {
  readonly label: string;
  readonly colour: string;
}

interface StackChartProps {
  readonly title: string;
  readonly curve: Curve;
  /** One per column of the curve, the lowest first. Must stay the same array while they stay the same. */
  readonly shares: readonly Share[];
}

const HEIGHT = 130;
/** A small chart has few pixels. */
const MOST = 96;
const ticks = [0, 0.5, 1];

export const StackChart = memo(function StackChart({ title, curve, shares }: StackChartProps) {
  const curves = useMemo(() => [curve], [curve]);
  const lines = useMemo(() => shares.map((share, column) => ({ ...share, curve, column })), [shares, curve]);
  const place = useRef<HTMLElement>(null);
  const { rows, range } = useCurveRows(curves, place, MOST);
  const data = useMemo(() => mergedRows(lines, curves, rows, 1), [lines, curves, rows]);
  const table = useMemo(() => (data.length > 0 ? tableOf(lines, data) : null), [lines, data]);
  const draw = useCallback((scales: Scales) => <Areas shares={shares} rows={data} scales={scales} />, [shares, data]);
  return (
    <ChartFrame
      title={title}
      place={place}
      table={table}
      allNumbers={() => tableOf(lines, mergedRows(lines, curves, [curve.kept()], 1))}
      zooming={<ZoomItems />}
      legend={shares.map(({ label, colour }) => (
        <li key={label}>
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" fill={colour} />
          </svg>
          {say(label)}
        </li>
      ))}
    >
      <TimePlot
        title={title}
        curves={curves}
        range={range}
        high={1}
        yTicks={ticks}
        height={HEIGHT}
        empty={data.length === 0}
        draw={draw}
        valuesAt={(step) =>
          shares.flatMap(({ label, colour }, index) => {
            const value = valueAt(data, index, step);
            return value === undefined ? [] : [{ label: say(label), colour, text: shortNumber(value) }];
          })
        }
      />
    </ChartFrame>
  );
});

function Areas({ shares, rows, scales }: { shares: readonly Share[]; rows: readonly ChartRow[]; scales: Scales }) {
  if (rows.length === 0) return null;
  // A single step is as wide as its row stands for, not a line without width.
  const steps = rows.length === 1 ? [...rows, { ...rows[0], step: (rows[0] as ChartRow).step + 1 } as ChartRow] : rows;
  let below = steps.map(() => 0);
  return shares.map(({ label, colour }, index) => {
    const above = below.map((height, at) => height + ((steps[at] as ChartRow)[index] ?? 0));
    const point = (height: number, at: number) => `${scales.x((steps[at] as ChartRow).step).toFixed(1)},${scales.y(height).toFixed(1)}`;
    const d = `M${above.map(point).join('L')}L${below.map(point).toReversed().join('L')}Z`;
    below = above;
    return <path key={label} d={d} fill={colour} stroke="var(--panel)" strokeWidth={0.75} />;
  });
}
