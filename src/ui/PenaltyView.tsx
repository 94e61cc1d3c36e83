import { metricTexts } from '../core/cost/metricTexts';
import type { MetricId } from '../core/cost/metrics';
import { say, word } from '../core/language/say';
import type { Curves } from '../store/curves';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { useMemo } from './language/memo';
import { Panel } from './Panel';
import { useCurves, useTask } from './useWorkbench';

/** What presses costs under their targets: the penalty on the loss, and the strength of each cost in it. */
export function PenaltyView() {
  const curves = useCurves();
  const { lossUnit } = useTask();
  const penalty = useMemo<LineSpec[]>(
    () => [{ curve: curves.penalty, column: 0, label: word('penalty'), colour: 'var(--line-1)' }],
    [curves],
  );
  if (curves.costs.size === 0) return null;
  return (
    <Panel
      title={say('Penalty')}
      hint={say(
        'What costs above their targets add to the loss: each excess times its strength λ, which grows over the first half of the search and follows a target that moves.',
      )}
    >
      <div className="charts three">
        <CurveChart title={say('Penalty')} unit={lossUnit} lines={penalty} height={130} />
        {[...curves.strengths.keys()].map((metric) => (
          <StrengthChart key={metric} metric={metric} curves={curves} lossUnit={lossUnit} />
        ))}
      </div>
    </Panel>
  );
}

function StrengthChart({ metric, curves, lossUnit }: { metric: MetricId; curves: Curves; lossUnit: string }) {
  const { name, unit, perUnit } = metricTexts[metric];
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.strengths.get(metric);
    return curve ? [{ curve, column: 0, label: word('strength λ'), colour: 'var(--line-2)' }] : [];
  }, [curves, metric]);
  const loss = lossUnit || say('loss');
  // A strength is loss per unit of cost, so a larger unit multiplies it.
  return (
    <CurveChart
      title={say('Strength, {metric}', { metric: say(name) })}
      unit={unit ? say('{loss} per {unit}', { loss, unit }) : say('{loss} per one', { loss })}
      perUnit={1 / perUnit}
      lines={lines}
      height={130}
    />
  );
}
