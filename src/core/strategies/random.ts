import { WorkbenchError } from '../errors';
import type { Code } from '../search/networks/networks';
import type { SearchKit } from '../search/kit';
import { budgetOf, divided, epochsFor, epochsForAll } from './budget';
import type { Strategy } from './strategy';
import { halve, roundsOf, Trials } from './trials';

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
    // The networks are not drawn yet. They cost about as much as the largest one.
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
        // Losses can be compared only after equally many epochs.
        const winner = yield* halve(trials, drawn, (entrants) => Math.max(1, Math.round(epochsForAll(kit, entrants, share))));
        const left = epochsFor(kit, winner.derived.model.plan, budget - (kit.trainedMacs - before));
        const { last } = divided(kit, winner.epochs + left);
        yield* trials.round([winner], Math.max(0, Math.floor(left) - last));
        return trials.take(winner, Math.max(1, Math.min(last, Math.floor(left))));
      } finally {
        trials.dispose();
      }
    };
  },
};

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
