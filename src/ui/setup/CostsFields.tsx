import type { Part } from '../../core/config/choice';
import type { NumberRange } from '../../core/config/domain';
import { metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

/** A first strength for costs as objectives: costs as high as the seed network's add half a unit of loss. */
const FIRST_STRENGTH = 0.5;

/** What becomes of the limited costs: of all, or of one among several. */
function costNames(limited: readonly MetricId[]): Readonly<Partial<Record<'constraints' | 'all' | MetricId, string>>> {
  return {
    constraints: say('Constraints'),
    all: say('Objectives of fixed strength'),
    ...(limited.length > 1 &&
      Object.fromEntries(limited.map((id) => [id, say('Constraints, except {metric}', { metric: say(metricTexts[id].word) })]))),
  };
}

/** Whether costs are held under their targets or made small with one fixed strength. @param part the strength */
export function CostsFields({ part: { label, takes } }: { part: Part }) {
  const workbench = useWorkbench();
  const objective = useWorkbenchState((state) => state.objective);
  const targets = useWorkbenchState((state) => state.targets);
  const disabled = useWorkbenchState((state) => isBusy(state.run));
  const limited = Object.keys(targets) as MetricId[];
  // An objective ends when the limit of its cost is removed. When one limited cost is left, it is all of them.
  const stillLimited = objective !== null && (objective.costs === 'all' || limited.includes(objective.costs));
  const chosen = stillLimited ? { ...objective, ...(limited.length === 1 && { costs: 'all' as const }) } : null;
  return (
    <>
      <SelectField
        label={say('Costs are')}
        value={chosen?.costs ?? 'constraints'}
        options={costNames(limited)}
        disabled={disabled}
        onChange={(costs) =>
          workbench.chooseObjective(costs === 'constraints' ? null : { costs, strength: objective?.strength ?? FIRST_STRENGTH })
        }
      />
      {chosen && (
        <NumberField
          label={say(label)}
          value={chosen.strength}
          range={takes as NumberRange}
          disabled={disabled}
          onChange={(strength) => strength !== null && workbench.chooseObjective({ ...chosen, strength })}
        />
      )}
    </>
  );
}
