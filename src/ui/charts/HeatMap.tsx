/** Many values over training steps in one map: a row for each value, darker where it is greater. */
import { useCallback, useRef } from 'react';
import { say } from '../../core/language/say';
import type { Curve } from '../../store/curve';
import { memo, useMemo } from '../language/memo';
import type { Scales } from './Axes';
import { ChartFrame } from './ChartFrame';
import { mergedRows, placedLabel, tableOf, valueAt } from './chartRows';
import { heatRuns, LEVELS } from './heatCells';
import { shortNumber } from './numbers';
import type { Share } from './StackChart';
import { TimePlot } from './TimePlot';
import { useCurveRows, type ShownRows } from './useCurveRows';
import { ZoomItems } from './ZoomItems';

/** Rows that belong together, such as the candidates of one place. */
export interface HeatGroup {
  readonly label: string;
  readonly curve: Curve;
  /** One per row, from the top: columns of the curve. */
  readonly shares: readonly Share[];
  /** The greatest value that there can be. */
  readonly most: number;
}

interface HeatMapProps {
  readonly title: string;
  /** Must stay the same array while the groups stay the same. */
  readonly groups: readonly HeatGroup[];
}

const ROW = 7;
const GAP = 3;
/** Room for the names of groups. */
const LABELS = 92;
const MOST_LETTERS = 15;
/** Room for the numbers of steps. */
const STEPS = 38;
const MOST = 96;
const noTicks: readonly number[] = [];
const heightOf = ({ shares }: HeatGroup) => ROW * Math.max(shares.length, 2) + GAP;

export const HeatMap = memo(function HeatMap({ title, groups }: HeatMapProps) {
  const curves = useMemo(() => groups.map(({ curve }) => curve), [groups]);
  const lines = useMemo(
    () => groups.flatMap(({ label, curve, shares }) => shares.map((share, column) => ({ curve, column, place: label, ...share }))),
    [groups],
  );
  const place = useRef<HTMLElement>(null);
  const shown = useCurveRows(curves, place, MOST);
  const { rows, range } = shown;
  const data = useMemo(() => mergedRows(lines, curves, rows, 1), [lines, curves, rows]);
  const table = useMemo(() => (data.length > 0 ? tableOf(lines, data) : null), [lines, data]);
  const draw = useCallback((scales: Scales) => <Cells groups={groups} rows={shown.rows} scales={scales} />, [groups, shown]);
  const kinds = [...new Map(groups.flatMap(({ shares }) => shares).map((share) => [share.label, share.colour]))];
  const high = groups.reduce((sum, group) => sum + heightOf(group), 0);
  return (
    <ChartFrame
      title={title}
      place={place}
      table={table}
      allNumbers={() =>
        tableOf(
          lines,
          mergedRows(
            lines,
            curves,
            curves.map((curve) => curve.kept()),
            1,
          ),
        )
      }
      zooming={<ZoomItems />}
      legend={kinds.map(([label, colour]) => (
        <li key={label}>
          <svg width="40" height="10" aria-hidden="true">
            {[0.15, 0.4, 0.7, 1].map((opacity, index) => (
              <rect key={opacity} x={10 * index} width="10" height="10" fill={colour} opacity={opacity} />
            ))}
          </svg>
          {say(label)}
        </li>
      ))}
    >
      <TimePlot
        title={title}
        curves={curves}
        range={range}
        high={high}
        height={high + STEPS}
        yWidth={LABELS}
        yTicks={noTicks}
        empty={data.length === 0}
        draw={draw}
        drawBeside={(scales) => <Names groups={groups} scales={scales} />}
        valuesAt={(step) => leaders(groups, rows, step)}
      />
    </ChartFrame>
  );
});

/** Of each group the row that counts most at a step. */
function leaders(groups: readonly HeatGroup[], rows: ShownRows['rows'], step: number) {
  return groups.flatMap(({ label, curve, shares }, index) => {
    const lines = shares.map((share, column) => ({ ...share, curve, column }));
    const data = mergedRows(lines, [curve], [rows[index] ?? []], 1);
    const values = shares.map((_, column) => valueAt(data, column, step));
    const most = Math.max(...values.map((value) => value ?? -Infinity));
    const lead = shares[values.indexOf(most)];
    return lead ? [{ label: placedLabel(label, lead.label), colour: lead.colour, text: shortNumber(most) }] : [];
  });
}

function Cells({ groups, rows, scales }: { groups: readonly HeatGroup[]; rows: ShownRows['rows']; scales: Scales }) {
  let top = scales.top;
  return groups.map((group, index) => {
    const { label, curve, shares, most } = group;
    const height = (heightOf(group) - GAP) / shares.length;
    const start = top;
    top += heightOf(group);
    return (
      <g key={label}>
        {shares.map(({ label: name, colour }, column) => {
          const y = start + column * height;
          const levels = new Map<number, string>();
          for (const { from, to, level } of heatRuns(rows[index] ?? [], column, most, (curve.firstStep ?? 0) - 0.5)) {
            const [left, right] = [scales.x(from), scales.x(to)];
            levels.set(level, `${levels.get(level) ?? ''}M${left.toFixed(1)},${y}H${right.toFixed(1)}v${height - 0.5}H${left.toFixed(1)}Z`);
          }
          return [...levels].map(([level, d]) => <path key={`${name} ${level}`} d={d} fill={colour} opacity={level / LEVELS} />);
        })}
      </g>
    );
  });
}

function Names({ groups, scales }: { groups: readonly HeatGroup[]; scales: Scales }) {
  let top = scales.top;
  return groups.map((group) => {
    const middle = top + (heightOf(group) - GAP) / 2;
    top += heightOf(group);
    return (
      <text key={group.label} x={scales.left - 6} y={middle} textAnchor="end" dominantBaseline="central" fontSize={10} fill="var(--axis)">
        {shortened(group.label)}
      </text>
    );
  });
}

const shortened = (label: string) => (label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label);
