import { useCallback, useRef, type ReactNode } from 'react';
import { leastText, metricText, metricTexts } from '../../core/cost/metricTexts';
import type { Costs, MetricId } from '../../core/cost/metrics';
import { leastNetwork } from '../../core/search/constraints/reach';
import { capital } from '../../core/words';
import { targetRange } from '../../core/search/constraints/targets';
import { say } from '../../core/language/say';
import type { SpaceSummary } from '../../protocol/protocol';
import type { Row } from '../../store/curve';
import type { Scales } from '../charts/Axes';
import { ChartFrame } from '../charts/ChartFrame';
import { LazyAxes } from '../charts/LazyAxes';
import { shortNumber } from '../charts/numbers';
import { roundedUp } from '../charts/roundedUp';
import { useCurveRows } from '../charts/useCurveRows';
import { Mark } from '../comparison/marks';
import { memo, useMemo } from '../language/memo';
import { Panel } from '../Panel';
import { useCurves, useWorkbenchState } from '../useWorkbench';
import { useLimits } from './useLimits';
import { PointedPlace, WalkedPath, type WalkPoint } from './WalkedPath';

const shown = (metric: MetricId, value: number | undefined) => (value ?? NaN) / metricTexts[metric].perUnit;

/** A word for a metric with its unit. */
function withUnit(title: string, metric: MetricId): string {
  const { unit } = metricTexts[metric];
  return unit ? say('{title} ({unit})', { title: say(title), unit }) : say(title);
}

/** The plane of two limited costs, with the corner that meets both targets and the way of the search into it. */
export function WalkView({ height }: { height: number }) {
  const space = useWorkbenchState((state) => state.space);
  const targets = useLimits();
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
  const chosen = useWorkbenchState(({ run }) => run.chosen?.costs);
  const isFound = useWorkbenchState(({ run }) => run.chosen?.trained);
  const targets = useLimits();
  const points = useMemo(() => {
    const at = (costs: Costs) => ({ x: shown(across, costs[across]), y: shown(up, costs[up]) });
    return [
      { of: 'seedNetwork' as const, ...at(space.seedCosts) },
      ...leastOf(space, across, up).map((costs) => ({ of: 'least' as const, ...at(costs) })),
      ...trials.map(({ costs }) => ({ of: 'random' as const, ...at(costs) })),
      ...(chosen ? [{ of: 'final' as const, ...at(chosen) }] : []),
    ];
  }, [space, across, up, trials, chosen]);
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
  const tableNow = () => ({
    head: [capital(say('step')), withUnit(metricTexts[across].name, across), withUnit(metricTexts[up].name, up)],
    rows: walked.map((point) => [point.step, point.across, point.up]),
    inTime: true,
  });
  const last = walked.at(-1);
  return (
    <Panel title={say('The way into the corner')} part="walk">
      <ChartFrame
        title={say('{these} and {that}', { these: say(metricTexts[across].name), that: say(metricTexts[up].word) })}
        place={place}
        table={walked.length > 0 ? tableNow() : null}
        allNumbers={tableNow}
        legend={
          <>
            <Key label={say('seed network')}>
              <Mark of="seedNetwork" x={8} y={8} />
            </Key>
            {least > 0 && (
              <Key label={least === 1 ? say('least network') : say('least of each cost')}>
                <Mark of="least" x={8} y={8} />
              </Key>
            )}
            {trials.length > 0 && (
              <Key label={say('on trial')}>
                <Mark of="random" x={8} y={8} />
              </Key>
            )}
            {walked.length > 0 && (
              <Key label={say('the search')}>
                <path d="M0,8H16" stroke="var(--line-4)" strokeWidth={2} />
              </Key>
            )}
            {chosen && (
              <Key label={isFound ? say('found network') : say('chosen network')}>
                <Mark of="final" x={8} y={8} />
              </Key>
            )}
            <Key label={say('within both targets')}>
              <rect x="1" y="3" width="14" height="10" fill="none" stroke="var(--target)" strokeDasharray="3 2" />
            </Key>
          </>
        }
        note={
          <p className="hint">
            {say('Across: {across}. Up: {up}. Every network needs at least {leastAcross} and {leastUp}.', {
              across: withUnit(metricTexts[across].word, across),
              up: withUnit(metricTexts[up].word, up),
              leastAcross: leastText(across, targetRange(space, across).least),
              leastUp: leastText(up, targetRange(space, up).least),
            })}{' '}
            <span className="visually-hidden">
              {chosen
                ? say('The chosen network is at {across} and {up}.', {
                    across: metricText(across, chosen[across] as number),
                    up: metricText(up, chosen[up] as number),
                  })
                : last
                  ? say('The search is at {across} and {up}.', { across: shortNumber(last.across), up: shortNumber(last.up) })
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
