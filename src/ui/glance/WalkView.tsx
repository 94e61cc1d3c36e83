import { memo, useMemo, useRef, type ReactNode } from 'react';
import { CartesianGrid, ReferenceArea, ReferenceDot, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { leastText, metricText, metricTexts } from '../../core/cost/metricTexts';
import type { Costs, MetricId } from '../../core/cost/metrics';
import { targetRange } from '../../core/search/constraints/targets';
import type { SpaceSummary } from '../../protocol/protocol';
import { axisLook, shortNumber } from '../charts/CurveChart';
import { roundedUp } from '../charts/roundedUp';
import { useCurveRows } from '../charts/useCurveRows';
import { Mark } from '../comparison/marks';
import { Panel } from '../Panel';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import { WalkedPath, WalkPoints, type WalkPoint } from './WalkedPath';

const shown = (metric: MetricId, value: number | undefined) => (value ?? NaN) / metricTexts[metric].perUnit;
const unitOf = (metric: MetricId) => metricTexts[metric].unit && ` (${metricTexts[metric].unit})`;
const margin = { top: 8, right: 12, bottom: 0, left: 0 };

/** The plane of two limited costs, with the corner that meets both targets and the way of the search into it. */
export function WalkView({ height = 190 }: { height?: number }) {
  const space = useWorkbenchState((state) => state.space);
  const targets = useWorkbenchState((state) => state.targets);
  const limited = space?.table.metrics.map(({ id }) => id).filter((id) => targets[id] !== undefined) ?? [];
  const [across, up] = limited;
  if (!space || !across || !up) return null;
  return <Walk space={space} across={across} up={up} height={height} />;
}

interface WalkProps {
  readonly space: SpaceSummary;
  readonly across: MetricId;
  readonly up: MetricId;
  readonly height: number;
}

const Walk = memo(function Walk({ space, across, up, height }: WalkProps) {
  const curves = useCurves();
  const place = useRef<HTMLElement>(null);
  const own = useMemo(() => [across, up].flatMap((metric) => curves.costs.get(metric) ?? []), [curves, across, up]);
  const [horizontal = [], vertical = []] = useCurveRows(own, place);
  const walked = horizontal.flatMap(({ values: [x] }, index): WalkPoint[] => {
    const y = vertical[index]?.values[0];
    return x === undefined || y === undefined ? [] : [[x / metricTexts[across].perUnit, y / metricTexts[up].perUnit]];
  });
  const trials = useWorkbenchState(({ run }) => run.trials);
  const found = useWorkbenchState(({ run }) => run.result?.costs.final);
  const targets = useWorkbenchState((state) => state.targets);
  const points = useMemo(() => {
    const at = (costs: Costs) => ({ x: shown(across, costs[across]), y: shown(up, costs[up]) });
    return [
      { of: 'seedNetwork' as const, ...at(space.seedCosts) },
      ...trials.map(({ costs }) => ({ of: 'random' as const, ...at(costs) })),
      ...(found ? [{ of: 'final' as const, ...at(found) }] : []),
    ];
  }, [space, across, up, trials, found]);
  const corner = { x: shown(across, targets[across]), y: shown(up, targets[up]) };
  const right = roundedUp(1.02 * Math.max(corner.x, ...walked.map(([x]) => x), ...points.map(({ x }) => x)));
  const top = roundedUp(1.02 * Math.max(corner.y, ...walked.map(([, y]) => y), ...points.map(({ y }) => y)));
  const plot = useMemo(
    () => (
      <ResponsiveContainer width="100%" height={height}>
        <ScatterChart margin={margin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--grid)" />
          <XAxis dataKey="x" type="number" domain={[0, right]} tickCount={5} tickFormatter={shortNumber} {...axisLook} />
          <YAxis dataKey="y" type="number" width={36} domain={[0, top]} tickFormatter={shortNumber} {...axisLook} />
          <ReferenceArea
            x1={0}
            x2={Math.min(corner.x, right)}
            y1={0}
            y2={Math.min(corner.y, top)}
            fill="var(--good)"
            fillOpacity={0.16}
            stroke="var(--target)"
            strokeDasharray="5 4"
          />
          {/* recharts makes scales only where there is something to draw. */}
          <Scatter data={[{ x: right, y: top }]} shape={() => <g />} isAnimationActive={false} />
          <WalkedPath />
          {points.map(({ of, x, y }, index) => (
            <ReferenceDot key={index} x={x} y={y} shape={({ cx = 0, cy = 0 }) => <Mark of={of} x={cx} y={cy} />} />
          ))}
        </ScatterChart>
      </ResponsiveContainer>
    ),
    [height, right, top, corner.x, corner.y, points],
  );
  const last = walked.at(-1);
  return (
    <Panel title="The way into the corner" part="walk">
      <figure className="chart" ref={place}>
        <ul className="legend">
          <Key label="seed network">
            <Mark of="seedNetwork" x={8} y={8} />
          </Key>
          {trials.length > 0 && (
            <Key label="on trial">
              <Mark of="random" x={8} y={8} />
            </Key>
          )}
          {walked.length > 0 && (
            <Key label="the search">
              <path d="M0,8H16" stroke="var(--line-4)" strokeWidth={2} />
            </Key>
          )}
          {found && (
            <Key label="found network">
              <Mark of="final" x={8} y={8} />
            </Key>
          )}
          <Key label="within both targets">
            <rect x="1" y="3" width="14" height="10" fill="none" stroke="var(--target)" strokeDasharray="3 2" />
          </Key>
        </ul>
        <div className="plot" aria-hidden="true">
          <WalkPoints value={walked}>{plot}</WalkPoints>
        </div>
        <figcaption className="hint">
          Across: {metricTexts[across].word}
          {unitOf(across)}. Up: {metricTexts[up].word}
          {unitOf(up)}. Every network needs at least {leastText(across, targetRange(space, across).least)} and{' '}
          {leastText(up, targetRange(space, up).least)}.
          <span className="visually-hidden">
            {found
              ? ` The found network is at ${metricText(across, found[across] as number)} and ${metricText(up, found[up] as number)}.`
              : last
                ? ` The search is at ${shortNumber(last[0])} and ${shortNumber(last[1])}.`
                : ''}
          </span>
        </figcaption>
      </figure>
    </Panel>
  );
});

function Key({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li>
      <svg width="16" height="16" aria-hidden="true">
        {children}
      </svg>
      {label}
    </li>
  );
}
