import { useRef } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { qualityText } from '../../core/tasks/task';
import { say } from '../../core/language/say';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useCurves, useTask, useWorkbenchState } from '../useWorkbench';
import { Gauge } from './Gauge';
import { useLimits } from './useLimits';

/** A gauge for each limited cost, and one for the quality. All are read at once, so that they tell of the same step. */
export function Gauges({ limited }: { readonly limited: readonly MetricId[] }) {
  const curves = useCurves();
  const place = useRef<HTMLDivElement>(null);
  const read = useMemo(() => [curves.validation.quality, curves.derived.quality, ...curves.costs.values()], [curves]);
  const [searched, trained, ...costs] = useNewest(read, place).map((values) => values?.[0]);
  const metrics = [...curves.costs.keys()];
  return (
    <div ref={place} className="gauges">
      {limited.map((metric) => (
        <CostGauge key={metric} metric={metric} expected={costs[metrics.indexOf(metric)]} />
      ))}
      <QualityGauge searched={searched} trained={trained} />
    </div>
  );
}

interface CostGaugeProps {
  readonly metric: MetricId;
  /** What the search expects of its network now, in the metric's unit; undefined before the first step. */
  readonly expected: number | undefined;
}

function CostGauge({ metric, expected }: CostGaugeProps) {
  const target = useLimits()[metric] as number;
  const seed = useWorkbenchState(({ space }) => space?.seedCosts[metric] as number);
  const chosen = useWorkbenchState(({ run }) => run.chosen?.costs[metric]);
  const isFound = useWorkbenchState(({ run }) => run.chosen?.trained);
  const trained = useWorkbenchState(({ run }) => run.state !== 'idle');
  const [value, of] =
    chosen !== undefined
      ? [chosen, isFound ? say('found network') : say('chosen network')]
      : trained && expected !== undefined
        ? [expected, say('expected now')]
        : [seed, say('seed network')];
  return (
    <Gauge
      name={say(metricTexts[metric].name)}
      text={metricText(metric, value)}
      note={say('{of}; at most {limit}', { of, limit: metricText(metric, target) })}
      value={value}
      most={Math.max(seed, value, target)}
      target={target}
      good={value <= target}
    />
  );
}

interface QualityGaugeProps {
  /** Of what is searched, on validation examples. */
  readonly searched: number | undefined;
  /** The same of the chosen network. */
  readonly trained: number | undefined;
}

function QualityGauge({ searched, trained }: QualityGaugeProps) {
  const { quality, validation, example } = useTask();
  const isChosen = useWorkbenchState(({ run }) => run.chosen !== null);
  // What is chosen has its own quality from the end of its first epoch on.
  const latest = (isChosen ? trained : undefined) ?? searched;
  const qualities = useWorkbenchState(({ run }) => run.qualities);
  const examples = say(example.many);
  const final = qualities.final;
  const [shown, value, of] =
    final === undefined
      ? [validation, latest, say('validation {examples}', { examples })]
      : [quality, final, say('found network, test {examples}', { examples })];
  const seed = qualities.seedNetwork;
  return (
    <Gauge
      name={say(shown.label)}
      text={value === undefined ? say('not yet') : qualityText(shown, value)}
      note={
        seed !== undefined && final !== undefined ? say('{of}; seed network {quality}', { of, quality: qualityText(quality, seed) }) : of
      }
      value={value ?? 0}
      most={shown.unit === '%' || shown.better === 'higher' ? 1 : Math.max(value ?? 1, 1e-9)}
      target={seed !== undefined && final !== undefined ? seed : null}
      good={null}
    />
  );
}
