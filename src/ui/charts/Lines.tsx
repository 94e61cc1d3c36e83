/** Draws the lines of a chart, and the band under a target. */
import type { Scales } from './Axes';
import type { ChartRow, LineSpec } from './CurveChart';

type Point = readonly [x: number, y: number];

export function Lines({ lines, rows, scales }: { lines: readonly LineSpec[]; rows: readonly ChartRow[]; scales: Scales }) {
  return lines.map(({ label, colour, dashed, dots, band }, index) => {
    const points = rows.flatMap((row): Point[] => {
      const value = row[index];
      return value === undefined ? [] : [[scales.x(row.step), scales.y(value)]];
    });
    const d = path(points, dashed);
    const [first, last] = [points[0], points.at(-1)];
    return (
      <g key={label}>
        {band && first && last && <path d={`${d}V${scales.y(0)}H${first[0]}Z`} fill="var(--good)" fillOpacity={0.14} />}
        <path d={d} fill="none" stroke={colour} strokeWidth={2} strokeDasharray={dashed ? '5 4' : undefined} />
        {dots && points.length <= MOST_DOTS && points.map(([x, y]) => <circle key={x} cx={x} cy={y} r={3} fill={colour} />)}
      </g>
    );
  });
}

/** With more points than this the line shows them all. */
const MOST_DOTS = 60;

/** @param stepped holds each value until the next one, as for targets, which are set and not measured */
function path(points: readonly Point[], stepped = false): string {
  const [pen, ...others] = points.map(([x, y], index) => {
    const [column, height] = [x.toFixed(1), y.toFixed(1)];
    if (index === 0) return `M${column},${height}`;
    return stepped ? `H${column}V${height}` : `L${column},${height}`;
  });
  return pen === undefined ? '' : pen + others.join('');
}
