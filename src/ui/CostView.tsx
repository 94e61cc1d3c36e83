import { useMemo } from 'react';
import { metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import type { Curves } from '../store/curves';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { Panel } from './Panel';
import { useChannelGroups } from './useChannelGroups';
import { useCurves } from './useWorkbench';

/** Expected costs and their targets over the training steps. */
export function CostView() {
  const curves = useCurves();
  const channels = useChannelGroups().length > 0;
  const counted = channels ? 'with the channels that are counted now' : 'on average if its candidates were drawn by their weights';
  return (
    <Panel title="Cost" part="cost" hint={`What the network would cost ${counted}. The search pushes each line under its target.`}>
      <div className="charts two">
        {[...curves.costs.keys()].map((metric) => (
          <CostChart key={metric} metric={metric} curves={curves} />
        ))}
      </div>
    </Panel>
  );
}

/** An expected cost and its target over the training steps. */
export function CostChart({ metric, curves, height }: { metric: MetricId; curves: Curves; height?: number }) {
  const { name, unit, perUnit } = metricTexts[metric];
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.costs.get(metric);
    if (!curve) return [];
    return [
      { curve, column: 0, label: 'expected', colour: 'var(--line-1)' },
      { curve, column: 1, label: 'target', colour: 'var(--target)', dashed: true },
    ];
  }, [curves, metric]);
  return <CurveChart title={name} unit={unit} perUnit={perUnit} lines={lines} marks={curves.targetMarks} {...(height && { height })} />;
}
