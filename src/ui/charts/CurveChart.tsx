/** One live line chart over training steps, with marks and a table of the same numbers. */
import { memo, useMemo, useRef, useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Curve, Row } from '../../store/curve';
import type { Mark } from '../../store/curves';
import { CurveTable } from './CurveTable';
import { LivePaths, LiveRows } from './LivePaths';
import { placedMarks } from './placedMarks';
import { roundedUp } from './roundedUp';
import { useCurveRows } from './useCurveRows';
import './CurveChart.css';

export interface LineSpec {
  readonly curve: Curve;
  /** Column of the curve. */
  readonly column: number;
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Whether points are drawn too, for curves with few of them. */
  readonly dots?: boolean;
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
  readonly height?: number;
}

/** A row of a chart: the step, and a value per line under its index. */
export type ChartRow = { readonly step: number } & Readonly<Record<string, number>>;

const noMarks: readonly Mark[] = [];
const margin = { top: 8, right: 12, bottom: 0, left: 0 };
export const axisLook = { stroke: 'var(--axis)', fontSize: 11 };

/**
 * recharts takes many milliseconds and a megabyte to lay out axes, grid and marks, so it renders only when one of them
 * changes. `LivePaths` draws the growing lines into its plot. recharts gets the values only under a pointer, for its tooltip.
 */
export const CurveChart = memo(function CurveChart({
  title,
  unit,
  lines,
  perUnit = 1,
  top,
  marks = noMarks,
  height = 180,
}: CurveChartProps) {
  const curves = useMemo(() => [...new Set(lines.map(({ curve }) => curve))], [lines]);
  const place = useRef<HTMLElement>(null);
  const rows = useCurveRows(curves, place);
  const data = useMemo(() => merge(lines, curves, rows, perUnit), [lines, curves, rows, perUnit]);
  const [asTable, setAsTable] = useState(false);
  const [hovered, setHovered] = useState(false);
  const name = unit ? `${title} (${unit})` : title;
  const from = data.length > 0 ? Math.min(...curves.map(({ firstStep }) => firstStep ?? Infinity)) : 0;
  const to = Math.max(from + 1, data.at(-1)?.step ?? 0, ...curves.map(({ plannedEnd }) => plannedEnd));
  const high = top ?? roundedUp(greatest(data, lines.length));
  const hoveredData = hovered ? data : null;
  const plot = useMemo(
    () => (
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={hoveredData ?? nothing(from, to)} margin={margin} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis dataKey="step" type="number" domain={[from, to]} tickCount={5} allowDecimals={false} {...axisLook} />
          <YAxis width={44} type="number" domain={[0, high]} tickFormatter={shortNumber} {...axisLook} />
          {placedMarks(marks, from, to).map(({ step, label, side, row }, index) => (
            <ReferenceLine
              key={index}
              x={step}
              stroke="var(--mark)"
              strokeDasharray="2 3"
              // recharts puts a label that is "inside left" of a vertical line to the right of it.
              label={{
                value: label,
                position: side === 'right' ? 'insideTopLeft' : 'insideTopRight',
                dy: row * 11,
                fontSize: 10,
                fill: 'var(--axis)',
              }}
            />
          ))}
          <LivePaths lines={lines} />
          {hoveredData && tooltip}
          {lines.map(unseenLine)}
        </LineChart>
      </ResponsiveContainer>
    ),
    [height, hoveredData, from, to, high, marks, lines],
  );
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
        // The plot is mounted before there is data, since mounting takes long and would delay a training run.
        <div className="plot" onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
          {data.length === 0 && <p className="empty">No values yet</p>}
          <div aria-hidden="true">
            <LiveRows value={data}>{plot}</LiveRows>
          </div>
        </div>
      )}
    </figure>
  );
});

const tooltip = (
  <Tooltip isAnimationActive={false} labelFormatter={(step) => `Step ${Number(step)}`} formatter={(value) => shortNumber(Number(value))} />
);

/** The smallest data from which recharts makes scales. */
function nothing(from: number, to: number): ChartRow[] {
  return [
    { step: from, 0: 0 },
    { step: to, 0: 0 },
  ];
}

/** An invisible line, from which the tooltip reads values. */
function unseenLine({ label, colour }: LineSpec, index: number) {
  return (
    <Line
      key={label}
      dataKey={String(index)}
      name={label}
      stroke={colour}
      strokeWidth={0}
      dot={false}
      activeDot={{ r: 3 }}
      isAnimationActive={false}
    />
  );
}

/** The greatest value of a chart, 0 where there is none. */
function greatest(data: readonly ChartRow[], lines: number): number {
  let found = 0;
  for (const row of data) for (let line = 0; line < lines; line++) found = Math.max(found, row[line] ?? 0);
  return found;
}

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

/** A number with at most three digits, so that axes stay narrow. */
export function shortNumber(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}
