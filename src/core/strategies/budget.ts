/** How much training a strategy without gradients may do, so that strategies can be compared at equal work. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { NetworkPlan } from '../network/plan';
import { enforced, shortfall } from '../search/constraints/reach';
import { capacities } from '../search/constraints/targets';
import type { SearchKit } from '../search/kit';
import { passMacs } from '../search/passMacs';
import { favourite } from './gradient';
import { pit } from './pit';
import { supernet } from './supernet';
import type { Trial } from './trials';

/**
 * The network that a search may be expected to find, for reckoning its fine-tuning before it is known: the one within the config's
 * targets that a search with gradients starts from, else that with most parameters; or the seed network where that takes fewer
 * multiply-accumulates, or where only narrower networks meet them.
 */
export function expectedPlan({ space, config, networks }: SearchKit): NetworkPlan {
  const targets = enforced(config.targets, config.objective, capacities(space));
  if (networks.kind === 'candidates' && shortfall(space.candidates, targets)) return space.seed;
  const { plan } = networks.describe(networks.largest(targets, favourite[config.start[networks.kind]] ?? 'params'));
  return passMacs(plan) < passMacs(space.seed) ? plan : space.seed;
}

/**
 * Multiply-accumulates of training: the config's budget, else what the gradient strategy of the same space may be expected to take
 * with the same choices.
 */
export function budgetOf(kit: SearchKit): number {
  const { space, config, networks } = kit;
  const { budget, epochs } = config;
  if (budget !== null) return kit.workOf([kit.plan('trials', budget, space.seed)]);
  const gradient = networks.kind === 'candidates' ? supernet : pit;
  return kit.workOf([...gradient.phases(kit), kit.plan('finetune', epochs.finetune, expectedPlan(kit))]);
}

/**
 * @param least multiply-accumulates of training that the networks take with one epoch for each step of the way
 * @throws WorkbenchError `invalid-setting` when the config's own budget is smaller: it would be exceeded
 */
export function assertBudgetFor(kit: SearchKit, least: number): void {
  const { budget } = kit.config;
  const epochs = least / kit.workOf([kit.plan('trials', 1, kit.space.seed)]);
  if (budget !== null && epochs > budget)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater(
        'A budget of {budget} epochs of the seed network is too small: with one epoch at a time training takes {least} at least. Raise the budget (--budget), or try fewer networks.',
        { budget: String(budget), least: (Math.ceil(epochs * 100) / 100).toString() },
      ),
    );
}

/** Epochs that a network trains on this many multiply-accumulates, with fractions. */
export function epochsFor(kit: SearchKit, plan: NetworkPlan, macs: number): number {
  return macs / kit.workOf([kit.plan('trials', 1, plan)]);
}

/** Epochs that several networks can train each on this many multiply-accumulates together, with fractions. */
export function epochsForAll(kit: SearchKit, trials: readonly Trial[], macs: number): number {
  return macs / kit.workOf(trials.map(({ derived }) => kit.plan('trials', 1, derived.model.plan)));
}

/**
 * Divides the epochs of one network's training like the config's: first at the search's learning rate, then fine-tuning. Both last
 * at least one epoch.
 */
export function divided(kit: SearchKit, epochs: number): { readonly first: number; readonly last: number } {
  const { warmup, search, finetune } = kit.config.epochs;
  const whole = Math.max(2, Math.floor(epochs));
  const last = Math.min(whole - 1, Math.max(1, Math.round((whole * finetune) / (warmup + search + finetune))));
  return { first: whole - last, last };
}
