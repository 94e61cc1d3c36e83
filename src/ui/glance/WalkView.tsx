import { memo, useCallback, useMemo, useRef, type ReactNode } from 'react';
import { leastText, metricText, metricTexts } from '../../core/cost/metricTexts';
import type { Costs, MetricId } from '../../core/cost/metrics';
import { leastNetwork } from '../../core/search/constraints/reach';
import { targetRange } from '../../core/search/constraints/targets';
import type { SpaceSummary } from '../../protocol/protocol';
import type { Row } from '../../store/curve';
import type { Scales } from '../charts/Axes';
import { ChartFrame } from '../charts/ChartFrame';
import { LazyAxes } from '../charts/LazyAxes';
import { shortNumber } from '../charts/numbers';
import { roundedUp } from '../charts/roundedUp';
import { useCurveRows } from '../charts/useCurveRows';
import { Mark } from '../comparison/marks';
import { Panel } from '../Panel';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import { PointedPlace, WalkedPath, type WalkPoint } from './WalkedPath';

const shown = (metric: MetricId, value: number | undefined) => (value ?? NaN) / metricTexts[metric].perUnit;
const unitOf = (metric: MetricId) => metricTexts[metric].unit && ` (${metricTexts[metric].unit})`;

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
  const { rows } = useCurveRows(own, place);
  const walked = useMemo(() => pointsOf(rows, across, up), [rows, across, up]);
  const trials = useWorkbenchState(({ run }) => run.trials);
  const found = useWorkbenchState(({ run }) => run.result?.costs.final);
  const targets = useWorkbenchState((state) => state.targets);
  const points = useMemo(() => {
    const at = (costs: Costs) => ({ x: shown(across, costs[across]), y: shown(up, costs[up]) });
    return [
      { of: 'seedNetwork' as const, ...at(space.seedCosts) },
      ...leastOf(space, across, up).map((costs) => ({ of: 'least' as const, ...at(costs) })),
      ...trials.map(({ costs }) => ({ of: 'random' as const, ...at(costs) })),
      ...(found ? [{ of: 'final' as const, ...at(found) }] : []),
    ];
  }, [space, across, up, trials, found]);
  const corner = { x: shown(across, targets[across]), y: shown(up, targets[up]) };
  const right = roundedUp(1.02 * Math.max(corner.x, ...walked.map((point) => point.across), ...points.map(({ x }) => x)));
  const top = roundedUp(1.02 * Math.max(corner.y, ...walked.map((point) => point.up), ...points.map(({ y }) => y)));
  const [cornerX, cornerY] = [Math.min(corner.x, right), Math.min(corner.y, top)];
  const draw = useCallback(
    (scales: Scales) => (
      <>
        <rect
          x={scales.left}
          y={scales.y(cornerY)}
          width={scales.x(cornerX) - scales.left}
          height={scales.bottom - scales.y(cornerY)}
          fill="var(--good)"
          fillOpacity={0.16}
          stroke="var(--target)"
          strokeDasharray="5 4"
        />
        <WalkedPath points={walked} scales={scales} />
        {points.map(({ of, x, y }, index) => (
          <Mark key={index} of={of} x={scales.x(x)} y={scales.y(y)} />
        ))}
        <PointedPlace points={walked} scales={scales} />
      </>
    ),
    [cornerX, cornerY, walked, points],
  );
  const least = points.filter(({ of }) => of === 'least').length;
  const nameOf = (metric: MetricId) => `${metricTexts[metric].name}${unitOf(metric)}`;
  const table = {
    head: ['Step', nameOf(across), nameOf(up)],
    rows: walked.map((point) => [point.step, point.across, point.up]),
    inTime: true,
  };
  const last = walked.at(-1);
  return (
    <Panel title="The way into the corner" part="walk">
      <ChartFrame
        title={`${metricTexts[across].name} and ${metricTexts[up].word}`}
        place={place}
        table={walked.length > 0 ? table : null}
        legend={
          <>
            <Key label="seed network">
              <Mark of="seedNetwork" x={8} y={8} />
            </Key>
            {least > 0 && (
              <Key label={least === 1 ? 'least network' : 'least of each cost'}>
                <Mark of="least" x={8} y={8} />
              </Key>
            )}
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
          </>
        }
        note={
          <p className="hint">
            Across: {metricTexts[across].word}
            {unitOf(across)}. Up: {metricTexts[up].word}
            {unitOf(up)}. Every network needs at least {leastText(across, targetRange(space, across).least)} and{' '}
            {leastText(up, targetRange(space, up).least)}.
            <span className="visually-hidden">
              {found
                ? ` The found network is at ${metricText(across, found[across] as number)} and ${metricText(up, found[up] as number)}.`
                : last
                  ? ` The search is at ${shortNumber(last.across)} and ${shortNumber(last.up)}.`
                  : ''}
            </span>
          </p>
        }
      >
        <div className="plot" aria-hidden="true">
          <LazyAxes from={0} to={right} high={top} height={height} yWidth={36} draw={draw} />
        </div>
      </ChartFrame>
    </Panel>
  );
});

function pointsOf([horizontal = [], vertical = []]: readonly (readonly Row[])[], across: MetricId, up: MetricId): WalkPoint[] {
  return horizontal.flatMap(({ step, values: [x] }, index): WalkPoint[] => {
    const y = vertical[index]?.values[0];
    return x === undefined || y === undefined ? [] : [{ step, across: x / metricTexts[across].perUnit, up: y / metricTexts[up].perUnit }];
  });
}

/** The networks that need the least of either cost; one where it is the same. */
function leastOf({ table }: SpaceSummary, across: MetricId, up: MetricId): Costs[] {
  const found = [leastNetwork(table, across), leastNetwork(table, up)].flatMap((costs) => costs ?? []);
  return [...new Map(found.map((costs) => [`${costs[across]} ${costs[up]}`, costs])).values()];
}

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
