import { word } from '../language/say';
import { assertBudgetFor, budgetOf, divided, epochsFor } from './budget';
import type { NetworkPlan } from '../network/plan';
import type { PhasePlan } from '../search/events';
import type { SearchKit } from '../search/kit';
import { atDerivation, type Strategy } from './strategy';
import { Trials } from './trials';

/** The first thing that anybody would try: the largest network that meets the targets, trained for the whole budget. */
export const largest: Strategy = {
  id: 'largest',
  label: word('Largest that fits'),
  help: word('trains the largest network that meets the targets, without a search'),
  searches: ['candidates', 'channels'],
  eitherSpace: true,
  gradients: false,
  options: ['space', 'budget', 'largest-by'],
  phases(kit) {
    // Targets are taken in only later, and may move until then; a new plan follows.
    return phasesOf(kit, kit.networks.describe(kit.networks.largest(kit.pressure.targets, kit.config.largestBy)).plan);
  },
  search: atDerivation(
    (kit) =>
      async function* (targets) {
        const trials = new Trials(kit, targets);
        try {
          const only = trials.draw(kit.networks.largest(targets, kit.config.largestBy));
          const { plan } = only.derived.model;
          assertBudgetFor(kit, kit.workOf([kit.plan('trials', 2, plan)]));
          const phases = phasesOf(kit, plan);
          yield { kind: 'planned', phases };
          const [first, last] = phases;
          yield* trials.round([only], first.epochs);
          return trials.take(only, last.epochs);
        } finally {
          trials.dispose();
        }
      },
  ),
};

function phasesOf(kit: SearchKit, plan: NetworkPlan): [PhasePlan, PhasePlan] {
  const { first, last } = divided(kit, epochsFor(kit, plan, budgetOf(kit)));
  return [kit.plan('trials', first, plan), kit.plan('finetune', last, plan)];
}
