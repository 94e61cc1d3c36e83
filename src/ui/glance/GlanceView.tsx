import { useMemo, useRef } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { qualityText } from '../../core/tasks/task';
import { isBusy } from '../../store/isBusy';
import { useNewest } from '../charts/useCurveRows';
import { usePointed } from '../pointed';
import { useCurves, useTask, useWorkbenchState } from '../useWorkbench';
import { Gauge } from './Gauge';
import './GlanceView.css';

/** What a run is about in one line, and how close it is: a gauge for each limited cost, and the quality. */
export function GlanceView() {
  const limited = useLimited();
  const { place, isPointed } = usePointed('glance');
  return (
    <section ref={place} className={`panel ${isPointed ? 'pointed' : ''}`} aria-label="At a glance">
      <RunSentence />
      <div className="gauges">
        {limited.map((metric) => (
          <CostGauge key={metric} metric={metric} />
        ))}
        <QualityGauge />
      </div>
    </section>
  );
}

/** The metrics with a target, in order. */
function useLimited(): readonly MetricId[] {
  const targets = useWorkbenchState((state) => state.targets);
  const space = useWorkbenchState((state) => state.space);
  return space?.table.metrics.map(({ id }) => id).filter((id) => targets[id] !== undefined) ?? [];
}

/** What the run that is shown is about, or what it has found. */
export function RunSentence() {
  const limited = useLimited();
  const { result, choice, state } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const targets = useWorkbenchState((state) => state.targets);
  const { network } = useTask();
  const limits = limited.map((metric) => `${metricText(metric, targets[metric] as number)} of ${metricTexts[metric].word}`).join(' and ');
  const fits = limits ? `fits into ${limits}` : 'is as good as it can be';
  if (result)
    return <p>Found a network that {result.constraints.every(({ met }) => met) ? fitsText(result.constraints) : 'misses a target'}.</p>;
  if (choice) return <p>A network is chosen, and trains on.</p>;
  if (busy)
    return (
      <p>
        Searching, among changes of {network}, for a network that {fits}.
      </p>
    );
  if (state === 'failed' || state === 'stopped') return <p>The search ended before it found a network.</p>;
  return (
    <p>
      Press Start to search, among changes of {network}, for a network that {fits}.
    </p>
  );
}

const fitsText = (constraints: readonly { readonly metric: MetricId; readonly target: number }[]) =>
  constraints.length === 0
    ? 'has no limits'
    : `fits into ${constraints.map(({ metric, target }) => `${metricText(metric, target)} of ${metricTexts[metric].word}`).join(' and ')}`;

function CostGauge({ metric }: { metric: MetricId }) {
  const curves = useCurves();
  const place = useRef<HTMLDivElement>(null);
  const own = useMemo(() => {
    const curve = curves.costs.get(metric);
    return curve ? [curve] : [];
  }, [curves, metric]);
  const expected = useNewest(own, place)[0]?.[0];
  const target = useWorkbenchState((state) => state.targets[metric] as number);
  const seed = useWorkbenchState(({ space }) => space?.seedCosts[metric] as number);
  const found = useWorkbenchState(({ run }) => run.result?.costs.final[metric]);
  const trained = useWorkbenchState(({ run }) => run.state !== 'idle');
  const [value, of] =
    found !== undefined
      ? [found, 'found network']
      : trained && expected !== undefined
        ? [expected, 'expected now']
        : [seed, 'seed network'];
  return (
    <div ref={place}>
      <Gauge
        name={metricTexts[metric].name}
        text={metricText(metric, value)}
        note={`${of}; at most ${metricText(metric, target)}`}
        value={value}
        most={Math.max(seed, value, target)}
        target={target}
        good={value <= target}
      />
    </div>
  );
}

function QualityGauge() {
  const curves = useCurves();
  const { quality, validation, example } = useTask();
  const place = useRef<HTMLDivElement>(null);
  const own = useMemo(() => [curves.validation.quality], [curves]);
  const latest = useNewest(own, place)[0]?.[0];
  const qualities = useWorkbenchState(({ run }) => run.qualities);
  const final = qualities.final;
  const [shown, value, of] =
    final === undefined ? [validation, latest, `validation ${example.many}`] : [quality, final, `found network, test ${example.many}`];
  const seed = qualities.seedNetwork;
  return (
    <div ref={place}>
      <Gauge
        name={shown.label}
        text={value === undefined ? 'not yet' : qualityText(shown, value)}
        note={seed !== undefined && final !== undefined ? `${of}; seed network ${qualityText(quality, seed)}` : of}
        value={value ?? 0}
        most={shown.unit === '%' || shown.better === 'higher' ? 1 : Math.max(value ?? 1, 1e-9)}
        target={seed !== undefined && final !== undefined ? seed : null}
        good={null}
      />
    </div>
  );
}
