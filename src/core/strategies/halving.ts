/** A successive halving within the budget, whoever chooses the networks that enter it. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { Targets } from '../cost/metrics';
import type { PhasePlan, SearchEvent } from '../search/events';
import type { SearchKit } from '../search/kit';
import type { Code } from '../search/networks/networks';
import { assertBudgetFor, budgetOf, divided, epochsFor, epochsForAll } from './budget';
import type { Derived } from './strategy';
import { halve, roundsOf, Trials, type Trial } from './trials';

/** The phases of a halving. Its networks are not chosen yet. They cost about as much as the largest one. */
export function halvingPlans(kit: SearchKit): PhasePlan[] {
  const { plan } = kit.networks.describe(kit.networks.largest(kit.pressure.targets, 'macs'));
  const whole = Math.max(2, Math.floor(epochsFor(kit, plan, budgetOf(kit))));
  const { last } = divided(kit, whole);
  return [kit.plan('trials', whole - last, plan), kit.plan('finetune', last, plan)];
}

/** Share of the budget that a halving takes, every round alike; the rest trains the network that is left. */
const SHARE = 0.5;

/**
 * Trains each network a little; the better half goes on until one is left, which trains on.
 * @throws WorkbenchError `invalid-setting` when there are fewer networks than the config says
 */
export async function* halveWithinBudget(kit: SearchKit, targets: Targets, codes: readonly Code[]): AsyncGenerator<SearchEvent, Derived> {
  const { networks } = kit.config;
  if (networks !== null && codes.length < networks)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater(
        '{wanted} networks were to be tried, and draws found {found} different ones that meet the targets; try {found} or fewer (--networks)',
        {
          wanted: String(networks),
          found: String(codes.length),
        },
      ),
    );
  const trials = new Trials(kit, targets);
  try {
    const budget = budgetOf(kit);
    const share = (SHARE * budget) / Math.max(1, roundsOf(codes.length));
    const before = kit.trainedMacs;
    const entrants = codes.map((code) => trials.draw(code));
    assertBudgetFor(kit, leastWork(kit, entrants));
    yield { kind: 'planned', phases: expected(kit, entrants, budget) };
    // Losses can be compared only after equally many epochs.
    const winner = yield* halve(trials, entrants, (left) => Math.max(1, Math.floor(epochsForAll(kit, left, share))));
    return yield* trainRest(kit, trials, winner, budget - (kit.trainedMacs - before));
  } finally {
    trials.dispose();
  }
}

/**
 * Takes a network out of its trials and trains it on for the rest of the budget, divided like the config's epochs.
 * @param macs the multiply-accumulates of training that are left
 */
export async function* trainRest(kit: SearchKit, trials: Trials, winner: Trial, macs: number): AsyncGenerator<SearchEvent, Derived> {
  const { plan } = winner.derived.model;
  const { more, last } = ending(kit, winner.epochs, epochsFor(kit, plan, macs));
  yield { kind: 'planned', phases: [kit.plan('trials', trials.epochs + more, plan), kit.plan('finetune', last, plan)] };
  yield* trials.round([winner], more);
  return trials.take(winner, last);
}

/** Divides the epochs that are left for the last network. @param before epochs that it has trained */
function ending(kit: SearchKit, before: number, left: number): { readonly more: number; readonly last: number } {
  const { last } = divided(kit, before + left);
  const whole = Math.floor(left);
  return { more: Math.max(0, whole - last), last: Math.max(1, Math.min(last, whole)) };
}

/** Multiply-accumulates of a halving with one epoch in each round and at the end, of networks that all cost what they cost on average. */
function leastWork(kit: SearchKit, entrants: readonly Trial[]): number {
  let epochs = 1;
  for (let left = entrants.length; left > 1; left = Math.ceil(left / 2)) epochs += left;
  return (epochs * epochWork(kit, entrants)) / entrants.length;
}

/** Multiply-accumulates of one epoch of all. */
const epochWork = (kit: SearchKit, entrants: readonly Trial[]) =>
  kit.workOf(entrants.map(({ derived }) => kit.plan('trials', 1, derived.model.plan)));

/** The phases to expect of networks that all cost what they cost on average. */
function expected(kit: SearchKit, entrants: readonly Trial[], budget: number): PhasePlan[] {
  const work = epochWork(kit, entrants) / entrants.length;
  const share = (SHARE * budget) / Math.max(1, roundsOf(entrants.length));
  let [tried, own] = [0, 0];
  for (let left = entrants.length; left > 1; left = Math.ceil(left / 2)) {
    const epochs = Math.max(1, Math.floor(share / (left * work)));
    tried += left * epochs;
    own += epochs;
  }
  const { more, last } = ending(kit, own, budget / work - tried);
  const macs = entrants.reduce((sum, { derived }) => sum + kit.plan('trials', 1, derived.model.plan).macs, 0) / entrants.length;
  return [
    { ...kit.plan('trials', tried + more, kit.space.seed), macs },
    { ...kit.plan('finetune', last, kit.space.seed), macs },
  ];
}

/** Networks to try if the config does not say. */
const USUAL = 6;

/**
 * How many networks to try under these targets: as many as the config says; else six, or all that meet the targets.
 * @throws WorkbenchError `invalid-setting` when the config says more than the space holds
 */
export function networksToTry({ networks, config }: Pick<SearchKit, 'networks' | 'config'>, targets: Targets): number {
  const wanted = config.networks ?? USUAL;
  const all = networks.list(targets);
  if (!all || all.length >= wanted) return wanted;
  if (config.networks === null) return all.length;
  throw new WorkbenchError(
    'invalid-setting',
    sayLater('{wanted} networks were to be tried, and {met} of the space meet the targets; try {met} or fewer (--networks)', {
      wanted: String(wanted),
      met: String(all.length),
    }),
  );
}

/** Draws that may repeat a network, per network wanted, before fewer are taken. */
const TRIES = 100;

/** Different networks that meet the targets, drawn at random; fewer where draws keep repeating them. */
export function drawDifferent(kit: SearchKit, targets: Targets, count: number): Code[] {
  const random = kit.random('networks');
  const drawn = new Map<string, Code>();
  for (let tries = 0; drawn.size < count && tries < TRIES * count; tries++) {
    const code = kit.networks.draw(random, targets);
    drawn.set(code.join(), code);
  }
  return [...drawn.values()];
}
