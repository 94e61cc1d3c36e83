import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { pointsOf, type Point } from '../../core/runs/comparisonText';
import type { SearchResult } from '../../core/search/events';
import { qualityText, type Quality } from '../../core/tasks/task';
import { capital } from '../../core/words';
import { say } from '../../core/language/say';
import { ChartFrame } from '../charts/ChartFrame';
import { CostAxes, TargetLine } from '../charts/CostAxes';
import { roundedUp } from '../charts/roundedUp';
import { useMemo } from '../language/memo';
import { looks, Mark } from './marks';

interface ComparisonChartProps {
  readonly metric: MetricId;
  readonly quality: Quality;
  readonly result: SearchResult;
  /** Null where there is none. */
  readonly target: number | null;
}

interface Placed extends Point {
  readonly x: number;
  readonly y: number;
}

const kinds = Object.keys(looks) as Point['of'][];

/** Quality over a cost: one mark per network. The table beneath has the same numbers. */
export function ComparisonChart({ metric, quality, result, target }: ComparisonChartProps) {
  const { name, word, perUnit } = metricTexts[metric];
  const percent = quality.unit === '%';
  const placed = useMemo(() => placedOf(result, metric, percent), [result, metric, percent]);
  const present = kinds.filter((kind) => placed.some(({ of }) => of === kind));
  const limit = target === null ? null : target / perUnit;
  const right = roundedUp(1.02 * Math.max(limit ?? 0, ...placed.map(({ x }) => x)));
  const ticks = useMemo(
    () =>
      ticksAround(
        placed.map(({ y }) => y),
        percent ? 100 : Infinity,
      ),
    [placed, percent],
  );
  // The found network is drawn last, so that no other hides it.
  const drawn = present.flatMap((kind) => placed.filter(({ of }) => of === kind));
  const tableNow = () => ({
    head: [say('Network'), say(name), say(quality.label)],
    rows: placedOf(result, metric, percent).map(({ name: network, x, y }) => [capital(say(network)), x, y]),
  });
  return (
    <ChartFrame
      title={say('{quality} over {metric}', { quality: say(quality.label), metric: say(word) })}
      table={tableNow()}
      allNumbers={tableNow}
      legend={present.toReversed().map((kind) => (
        <li key={kind}>
          <svg width="16" height="16" aria-hidden="true">
            <Mark of={kind} x={8} y={8} />
          </svg>
          {say(looks[kind].label)}
        </li>
      ))}
    >
      <CostAxes
        metric={metric}
        quality={quality}
        right={right}
        low={ticks[0] ?? 0}
        high={ticks.at(-1) ?? 1}
        yTicks={ticks}
        draw={(scales) => (
          <>
            {limit !== null && <TargetLine at={limit} label={say('target')} scales={scales} />}
            {drawn.map((point) => (
              <g key={point.name}>
                <title>
                  {say('{network}: {quality}, {cost}', {
                    network: capital(say(point.name)),
                    quality: qualityText(quality, point.quality),
                    cost: metricText(metric, point.costs[metric] as number),
                  })}
                </title>
                <Mark of={point.of} x={scales.x(point.x)} y={scales.y(point.y)} />
              </g>
            ))}
          </>
        )}
      />
    </ChartFrame>
  );
}

/** Where each network stands; qualities in percent times 100. */
function placedOf(result: SearchResult, metric: MetricId, percent: boolean): Placed[] {
  const { perUnit } = metricTexts[metric];
  return pointsOf(result).map((point) => ({
    ...point,
    x: (point.costs[metric] as number) / perUnit,
    y: (percent ? 100 : 1) * point.quality,
  }));
}

/** Round numbers around these values, some four of them. */
function ticksAround(values: readonly number[], most: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, 0.04 * Math.abs(high), 1e-6);
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = ([1, 2, 5, 10].find((times) => times * power >= span / 3) ?? 10) * power;
  const first = Math.max(0, Math.ceil((low - 0.1 * span) / step - 1));
  const last = Math.min(most / step, Math.floor((high + 0.1 * span) / step + 1));
  return Array.from({ length: Math.round(last - first) + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
