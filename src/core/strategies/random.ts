import { WorkbenchError } from '../errors';
import type { NetworkPlan } from '../network/plan';
import type { PhasePlan } from '../search/events';
import type { Code } from '../search/networks/networks';
import type { SearchKit } from '../search/kit';
import { budgetOf, divided, epochsFor } from './budget';
import type { Strategy } from './strategy';
import { halve, roundsOf, Trials, type Trial } from './trials';

/**
 * Draws networks that meet the targets and trains each a little; the better half goes on until one is left. Every round takes an
 * equal share of the budget, and so does the last network's training.
 */
export const random: Strategy = {
  id: 'random',
  label: 'Random networks',
  help: 'draws networks that meet the targets, and trains the better half on until one is left',
  searches: ['candidates', 'channels'],
  eitherSpace: true,
  gradients: false,
  options: ['space', 'budget', 'networks'],
  phases(kit) {
    // The networks are not drawn yet; a new plan follows once they are.
    const { plan } = kit.networks.describe(kit.networks.largest(kit.pressure.targets, 'macs'));
    const whole = Math.max(2, Math.floor(epochsFor(kit, plan, budgetOf(kit))));
    const { last } = divided(kit, whole);
    return [kit.plan('trials', whole - last, plan), kit.plan('finetune', last, plan)];
  },
  // eslint-disable-next-line require-yield -- all of it happens at the derivation, under the targets in force then
  async *search(kit) {
    return async function* (targets) {
      const trials = new Trials(kit);
      try {
        const budget = budgetOf(kit);
        const share = budget / (roundsOf(kit.config.networks) + 1);
        const before = kit.trainedMacs;
        const drawn = draw(kit, targets).map((code) => trials.draw(code));
        const epochsOf = (round: number, plan: NetworkPlan) =>
          Math.max(1, Math.round(epochsFor(kit, plan, share / Math.ceil(drawn.length / 2 ** round))));
        const winner = yield* halve(trials, drawn, epochsOf, (round, left) => ({
          kind: 'planned',
          phases: expected(kit, { left, share, epochsOf, round, drawn: drawn.length, before: trials.epochs }),
        }));
        const { plan } = winner.derived.model;
        const { more, last } = ending(kit, winner.epochs, epochsFor(kit, plan, budget - (kit.trainedMacs - before)));
        yield { kind: 'planned', phases: [kit.plan('trials', trials.epochs + more, plan), kit.plan('finetune', last, plan)] };
        yield* trials.round([winner], () => more);
        return trials.take(winner, last);
      } finally {
        trials.dispose();
      }
    };
  },
};

/** Divides the epochs that are left for the last network. */
function ending(kit: SearchKit, before: number, left: number): { readonly more: number; readonly last: number } {
  const { last } = divided(kit, before + left);
  const whole = Math.floor(left);
  return { more: Math.max(0, whole - last), last: Math.max(1, Math.min(last, whole)) };
}

interface Ahead {
  readonly left: readonly Trial[];
  readonly share: number;
  readonly epochsOf: (round: number, plan: NetworkPlan) => number;
  /** The round that comes next, from 0, and how many networks there were in the first one. */
  readonly round: number;
  readonly drawn: number;
  /** Epochs of all networks so far. */
  readonly before: number;
}

/** The phases to expect before a round. In a round all do equal work, so small networks take more epochs. */
function expected(kit: SearchKit, { left, share, epochsOf, round, drawn, before }: Ahead): PhasePlan[] {
  const mean = (of: (plan: NetworkPlan) => number) => left.reduce((sum, { derived }) => sum + of(derived.model.plan), 0) / left.length;
  let [tried, own] = [before, left[0]?.epochs ?? 0];
  for (let next = round; next < roundsOf(drawn); next++) {
    const epochs = mean((plan) => epochsOf(next, plan));
    tried += epochs * Math.ceil(drawn / 2 ** next);
    own += epochs;
  }
  const rest = mean((plan) => epochsFor(kit, plan, share));
  const { more, last } = ending(kit, own, rest);
  const macs = 1 / mean((plan) => 1 / kit.plan('trials', 1, plan).macs);
  return [
    { ...kit.plan('trials', Math.round(tried + more), kit.space.seed), macs },
    { ...kit.plan('finetune', last, kit.space.seed), macs },
  ];
}

/**
 * Different networks that meet the targets; all of them if the space holds no more.
 * @throws WorkbenchError `invalid-setting` when more are wanted than the space holds
 */
function draw(kit: SearchKit, targets: Parameters<typeof kit.networks.list>[0]): Code[] {
  const { networks, config } = kit;
  const random = kit.random('networks');
  const all = networks.list(targets);
  if (all && all.length < config.networks)
    throw new WorkbenchError(
      'invalid-setting',
      `${config.networks} networks were to be drawn, and ${all.length} of the space meet the targets; draw ${all.length} or fewer (--networks)`,
    );
  const drawn = new Map<string, Code>();
  for (let tries = 0; drawn.size < config.networks && tries < 100 * config.networks; tries++) {
    const code = networks.draw(random, targets);
    drawn.set(code.join(), code);
  }
  return [...drawn.values()];
}
