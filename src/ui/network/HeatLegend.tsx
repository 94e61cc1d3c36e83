import { metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';

/** The rows from top to bottom, with their colours. */
const ROWS = [
  ['flashBytes', 'var(--line-1)'],
  ['ramBytes', 'var(--line-5)'],
  ['latencyMs', 'var(--target)'],
] as const satisfies readonly (readonly [MetricId, string])[];
export const HEAT_ROWS = ROWS.length;

export const rowsOf = (metrics: readonly MetricId[]) => ROWS.filter(([metric]) => metrics.includes(metric));

/** What the rows are, within a sentence. */
export function HeatLegend({ metrics }: { metrics: readonly MetricId[] }) {
  return rowsOf(metrics).map(([metric, colour]) => (
    <span key={metric} className="heat-key">
      <span className="swatch" style={{ background: colour }} />
      {say(metricTexts[metric].word)}
    </span>
  ));
}
