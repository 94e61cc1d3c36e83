/**
 * The axes and the grid of every chart, by recharts. It takes many milliseconds to lay them out, so that happens only when an axis
 * changes; what is drawn between them is SVG of the chart's own, which follows the run without laying out anything again.
 */
import { createContext, use, type ReactNode } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import { memo, useMemo } from '../language/memo';
import { MARGIN, Y_WIDTH } from './layout';
import { shortNumber } from './numbers';
import { quarters, roundSteps } from './ticks';

/** Where values lie, in pixels of the chart, and the area between the axes. */
export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxesProps {
  readonly from: number;
  readonly to: number;
  readonly low?: number;
  readonly high: number;
  readonly height: number;
  /** Room above the area; by default as in every chart. */
  readonly top?: number;
  /** Room for the numbers of the vertical axis. */
  readonly yWidth?: number;
  /** Stands under the horizontal axis. */
  readonly xLabel?: string;
  /** Follows every number of the vertical axis. */
  readonly yUnit?: string;
  /** The numbers of the vertical axis; by default its quarters, none for an empty list. Must stay the same array. */
  readonly yTicks?: readonly number[];
  /** Whether the horizontal axis counts steps, which are whole and need no grid; otherwise it has a cost. */
  readonly steps?: boolean;
  /** Draws between the axes. */
  readonly draw: (scales: Scales) => ReactNode;
}

const look = { stroke: 'var(--axis)', fontSize: 11 };
/** Pixels between two numbers of the horizontal axis; the last one stays, and one that would come closer to it is left out. */
const TICK_GAP = 16;
/** A context, not a property, so that recharts does not lay out again for what is drawn. */
const Drawing = createContext<AxesProps['draw']>(() => null);

export default memo(function Axes({
  from,
  to,
  low = 0,
  high,
  height,
  top = MARGIN.top,
  yWidth = Y_WIDTH,
  xLabel,
  yUnit,
  yTicks,
  steps = false,
  draw,
}: AxesProps) {
  const axes = useMemo(() => {
    // Another function in another language, so that recharts writes the numbers anew.
    const text = (value: number) => shortNumber(value);
    return (
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={nothing(from, to)} margin={{ ...MARGIN, top }} accessibilityLayer={false}>
          <CartesianGrid vertical={!steps} stroke="var(--grid)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={[from, to]}
            ticks={steps ? roundSteps(from, to) : quarters(from, to)}
            interval="preserveEnd"
            minTickGap={TICK_GAP}
            {...(!steps && { tickFormatter: text })}
            {...(xLabel !== undefined && {
              height: 38,
              label: { value: xLabel, position: 'insideBottom' as const, fontSize: 11, fill: 'var(--axis)' },
            })}
            {...look}
          />
          <YAxis
            width={yWidth}
            type="number"
            domain={[low, high]}
            tickFormatter={text}
            {...(yUnit !== undefined && { unit: yUnit })}
            {...(yTicks?.length === 0 ? { tick: false as const } : { ticks: yTicks ?? quarters(low, high) })}
            {...look}
          />
          <Drawn />
          {/* recharts makes scales only where there is something to draw. */}
          <Line dataKey="y" strokeWidth={0} dot={false} activeDot={false} isAnimationActive={false} />
        </LineChart>
      </ResponsiveContainer>
    );
  }, [from, to, low, high, height, top, yWidth, xLabel, yUnit, yTicks, steps]);
  return <Drawing value={draw}>{axes}</Drawing>;
});

/** The smallest data from which recharts makes scales. */
const nothing = (from: number, to: number) => [
  { x: from, y: 0 },
  { x: to, y: 0 },
];

function Drawn() {
  const draw = use(Drawing);
  const [xScale, yScale, area] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  if (!xScale || !yScale || !area) return null;
  const { x: left, y: top, width, height } = area;
  const scales = { x: (value: number) => Number(xScale(value)), y: (value: number) => Number(yScale(value)) };
  return draw({ ...scales, left, top, right: left + width, bottom: top + height });
}
