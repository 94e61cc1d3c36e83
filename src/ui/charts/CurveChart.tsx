/** One live line chart over training steps. */
import { useCallback, useRef } from 'react';
import { say } from '../../core/language/say';
import type { Curve } from '../../store/curve';
import type { Mark } from '../../store/curves';
import { memo, useMemo } from '../language/memo';
import type { Scales } from './Axes';
import { ChartFrame } from './ChartFrame';
import { greatest, mergedRows, tableOf, valueAt } from './chartRows';
import { Lines } from './Lines';
import { shortNumber } from './numbers';
import { roundedUp } from './roundedUp';
import { TimePlot } from './TimePlot';
import { useCurveRows } from './useCurveRows';
import { ZoomItems } from './ZoomItems';

export type { ChartRow } from './chartRows';

export interface LineSpec {
  readonly curve: Curve;
  /** Column of the curve. */
  readonly column: number;
  /** In English; it is said where it is shown. */
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Whether points are drawn too, for curves with few of them. */
  readonly dots?: boolean;
  /** Whether what lies below it is shaded as good. */
  readonly band?: boolean;
}

interface CurveChartProps {
  readonly title: string;
  readonly unit: string;
  /** Must stay the same array while the lines stay the same. */
  readonly lines: readonly LineSpec[];
  /** What the values are divided by for display. */
  readonly perUnit?: number;
  /** The upper end of the vertical axis, which starts at 0. Without it the data set the end. */
  readonly top?: number;
  readonly marks?: readonly Mark[];
  /** Whether the names of phases stand above the plot. */
  readonly named?: boolean;
  readonly height?: number;
}

export const CurveChart = memo(function CurveChart({
  title,
  unit,
  lines,
  perUnit = 1,
  top,
  marks,
  named = false,
  height = 180,
}: CurveChartProps) {
  const curves = useMemo(() => [...new Set(lines.map(({ curve }) => curve))], [lines]);
  const place = useRef<HTMLElement>(null);
  const { rows, range } = useCurveRows(curves, place);
  const data = useMemo(() => mergedRows(lines, curves, rows, perUnit), [lines, curves, rows, perUnit]);
  const table = useMemo(() => (data.length > 0 ? tableOf(lines, data) : null), [lines, data]);
  const draw = useCallback((scales: Scales) => <Lines lines={lines} rows={data} scales={scales} />, [lines, data]);
  const valuesAt = (step: number) =>
    lines.flatMap(({ label, colour, dashed }, index) => {
      const value = valueAt(data, index, step, dashed);
      return value === undefined ? [] : [{ label: say(label), colour, text: shortNumber(value) }];
    });
  const allNumbers = () =>
    tableOf(
      lines,
      mergedRows(
        lines,
        curves,
        curves.map((curve) => curve.kept()),
        perUnit,
      ),
    );
  return (
    <ChartFrame
      title={title}
      unit={unit}
      place={place}
      table={table}
      allNumbers={allNumbers}
      zooming={<ZoomItems />}
      legend={lines.map(({ label, colour, dashed }) => (
        <li key={label}>
          <svg width="18" height="8" aria-hidden="true">
            <line x1="0" y1="4" x2="18" y2="4" stroke={colour} strokeWidth="2.5" strokeDasharray={dashed ? '5 3' : undefined} />
          </svg>
          {say(label)}
        </li>
      ))}
    >
      <TimePlot
        title={title}
        curves={curves}
        range={range}
        high={top ?? roundedUp(greatest(data, lines.length))}
        height={height}
        named={named}
        empty={data.length === 0}
        draw={draw}
        valuesAt={valuesAt}
        {...(marks && { marks })}
      />
    </ChartFrame>
  );
});
