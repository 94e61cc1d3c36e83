/** Draws the lines of a chart into recharts' plot with its scales. */
import { createContext, use } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import type { ChartRow, LineSpec } from './CurveChart';

/** The rows of the surrounding chart. They are a context, not properties, so that new rows do not make recharts lay out again. */
export const LiveRows = createContext<readonly ChartRow[]>([]);

type Point = readonly [x: number, y: number];

export function LivePaths({ lines }: { lines: readonly LineSpec[] }) {
  const rows = use(LiveRows);
  const [xScale, yScale] = [useXAxisScale(), useYAxisScale()];
  if (!xScale || !yScale) return null;
  return lines.map(({ label, colour, dashed, dots }, index) => {
    const points = rows.flatMap((row): Point[] => {
      const value = row[index];
      return value === undefined ? [] : [[Number(xScale(row.step)), Number(yScale(value))]];
    });
    return (
      <g key={label}>
        <path d={path(points, dashed)} fill="none" stroke={colour} strokeWidth={2} strokeDasharray={dashed ? '5 4' : undefined} />
        {dots && points.map(([x, y]) => <circle key={x} cx={x} cy={y} r={3} fill={colour} />)}
      </g>
    );
  });
}

/** @param stepped holds each value until the next one, as for targets, which are set and not measured */
function path(points: readonly Point[], stepped = false): string {
  const [pen, ...others] = points.map(([x, y], index) => {
    const [column, height] = [x.toFixed(1), y.toFixed(1)];
    if (index === 0) return `M${column},${height}`;
    return stepped ? `H${column}V${height}` : `L${column},${height}`;
  });
  return pen === undefined ? '' : pen + others.join('');
}
