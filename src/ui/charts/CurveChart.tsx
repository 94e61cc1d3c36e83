/** One live line chart over training steps, with marks and a table of the same numbers. */
import { memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Curve, Row } from '../../store/curve';
import type { Mark } from '../../store/curves';
import { CurveTable } from './CurveTable';
import { useCurveRows } from './useCurveRows';

export interface LineSpec {
  readonly curve: Curve;
  /** Column of the curve. */
  readonly column: number;
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Draw the points too: for curves with few of them. */
  readonly dots?: boolean;
}

interface CurveChartProps {
  readonly title: string;
  readonly unit: string;
  /** Must be the same array as long as the lines are the same. */
  readonly lines: readonly LineSpec[];
  /** What the values are divided by for display. */
  readonly perUnit?: number;
  /** Fixed range of the vertical axis, the same array every time; without it the data decide. */
  readonly domain?: readonly [number | 'auto', number | 'auto'];
  readonly marks?: readonly Mark[];
  readonly height?: number;
}

/** Ranges of the vertical axis. One object each: a chart is drawn anew when its range is another one. */
export const fractions = [0, 1] as const;
export const fromZero = [0, 'auto'] as const;

/** A row for recharts: the step, and a value per line under its index. */
export type ChartRow = { readonly step: number } & Readonly<Record<string, number>>;

const noMarks: readonly Mark[] = [];
const margin = { top: 8, right: 12, bottom: 0, left: 0 };

export const CurveChart = memo(function CurveChart({
  title,
  unit,
  lines,
  perUnit = 1,
  domain,
  marks = noMarks,
  height = 180,
}: CurveChartProps) {
  // Marks appear on several charts at once; deferred, they are drawn in slices that leave room for input.
  const shownMarks = useDeferredValue(marks);
  const curves = useMemo(() => [...new Set(lines.map(({ curve }) => curve))], [lines]);
  const place = useRef<HTMLElement>(null);
  const rows = useCurveRows(curves, place);
  const data = useMemo(() => merge(lines, curves, rows, perUnit), [lines, curves, rows, perUnit]);
  const [asTable, setAsTable] = useState(false);
  const name = unit ? `${title} (${unit})` : title;
  return (
    <figure className="chart" ref={place}>
      <figcaption>
        <span className="chart-title">{name}</span>
        <button
          className="link"
          aria-expanded={asTable}
          aria-label={`${asTable ? 'Hide' : 'Show'} table of ${title}`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </button>
      </figcaption>
      <Legend lines={lines} />
      {asTable && data.length > 0 ? (
        <CurveTable name={name} lines={lines} data={data} />
      ) : (
        // Mounted before there is anything to draw: mounting is what takes long, and a training run should not wait for it.
        <div className="plot">
          {data.length === 0 && <p className="empty">No values yet</p>}
          <div aria-hidden="true">
            <ResponsiveContainer width="100%" height={height}>
              <LineChart data={data} margin={margin} accessibilityLayer={false}>
                <CartesianGrid vertical={false} stroke="var(--grid)" />
                <XAxis
                  dataKey="step"
                  type="number"
                  domain={['dataMin', 'dataMax']}
                  tickCount={5}
                  stroke="var(--axis)"
                  fontSize={11}
                  allowDecimals={false}
                />
                <YAxis
                  width={44}
                  domain={domain ? [...domain] : ['auto', 'auto']}
                  stroke="var(--axis)"
                  fontSize={11}
                  tickFormatter={shortNumber}
                />
                <Tooltip
                  isAnimationActive={false}
                  labelFormatter={(step) => `Step ${Number(step)}`}
                  formatter={(value) => shortNumber(Number(value))}
                />
                {shownMarks.map(({ step, label }, index) => (
                  <ReferenceLine
                    key={index}
                    x={step}
                    stroke="var(--mark)"
                    strokeDasharray="2 3"
                    label={{ value: label, position: 'insideTopLeft', fontSize: 10, fill: 'var(--axis)' }}
                  />
                ))}
                {lines.map(({ label, colour, dashed, dots }, index) => (
                  <Line
                    key={label}
                    dataKey={String(index)}
                    name={label}
                    stroke={colour}
                    strokeWidth={2}
                    dot={dots ? { r: 3, fill: colour } : false}
                    connectNulls
                    isAnimationActive={false}
                    {...(dashed ? { strokeDasharray: '5 4', type: 'stepAfter' as const } : {})}
                  />
                ))}
              </LineChart>
            </ResponsiveContainer>
          </div>
        </div>
      )}
    </figure>
  );
});

function Legend({ lines }: { lines: readonly LineSpec[] }) {
  return (
    <ul className="legend">
      {lines.map(({ label, colour, dashed }) => (
        <li key={label}>
          <svg width="18" height="8" aria-hidden="true">
            <line x1="0" y1="4" x2="18" y2="4" stroke={colour} strokeWidth="2.5" strokeDasharray={dashed ? '5 3' : undefined} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

/** One row per step over all curves, in order of steps. */
function merge(lines: readonly LineSpec[], curves: readonly Curve[], rows: readonly (readonly Row[])[], perUnit: number): ChartRow[] {
  const merged = new Map<number, Record<string, number>>();
  curves.forEach((curve, at) => {
    for (const { step, values } of rows[at] ?? []) {
      const row = merged.get(step) ?? { step };
      lines.forEach((line, index) => {
        const value = values[line.column];
        if (line.curve === curve && value !== undefined && !Number.isNaN(value)) row[index] = value / perUnit;
      });
      merged.set(step, row);
    }
  });
  return [...merged.values()].toSorted((a, b) => (a.step as number) - (b.step as number)) as ChartRow[];
}

/** Three digits at most, so that axes stay narrow. */
export function shortNumber(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}
