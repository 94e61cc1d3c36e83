import { word } from '../language/say';
import { createParameters, initialWeights } from '../network/parameters';
import { SinglePaths } from '../search/architectures/singlePaths';
import type { Targets } from '../cost/metrics';
import type { PhasePlan, SearchEvent } from '../search/events';
import { variablesOf, type SearchKit } from '../search/kit';
import type { Code } from '../search/networks/networks';
import { passMacs } from '../search/passMacs';
import { disposeModel, type SearchedModel } from '../search/searchedModel';
import { assertBudgetFor, budgetOf, expectedPlan } from './budget';
import { nextOf } from './evolution';
import { networksToTry, trainRest } from './halving';
import type { Derivation, Derived, Strategy } from './strategy';
import { Trials } from './trials';

/** Share of the budget that trains the supernet; the rest trains the network that is found in it. */
const SHARE = 0.5;

/** Networks that are scored with the supernet's weights. */
const SCORED = 48;

/**
 * Trains a supernet one path at a time, then lets networks that meet the targets evolve, scored on the validation examples with the
 * weights that they have in the supernet, and trains the best one on (Guo et al., arXiv 1904.00420). A step of the supernet counts as
 * one of the mean path, since it computes no other candidates (on WebGPU it does).
 */
export const oneShot: Strategy = {
  id: 'one-shot',
  label: word('One-shot: paths of a supernet'),
  help: word('trains one path of a supernet at a time, scores networks with its weights, and trains the best one on'),
  searches: ['candidates'],
  gradients: false,
  options: ['budget', 'networks'],
  phases(kit) {
    const { plan } = kit.networks.describe(kit.networks.largest(kit.pressure.targets, 'macs'));
    const epochs = supernetEpochs(kit);
    const rest = (budgetOf(kit) - kit.workOf([pathsPlan(kit, epochs)])) / kit.workOf([kit.plan('trials', 1, plan)]);
    const last = Math.max(1, Math.floor(rest));
    return [pathsPlan(kit, epochs), kit.plan('trials', 0, plan), kit.plan('finetune', last, plan)];
  },
  async *search(kit) {
    // Too many are refused here already, before the supernet trains.
    networksToTry(kit, kit.pressure.targets);
    assertBudgetFor(kit, kit.workOf([pathsPlan(kit, 1), kit.plan('finetune', 1, expectedPlan(kit))]));
    const { supernet: plan } = kit.space;
    const parameters = createParameters(plan, initialWeights(plan, kit.random('weights')));
    const model: SearchedModel = kit.hold({ plan, parameters, architecture: new SinglePaths(plan, kit.random('paths')) });
    const before = kit.trainedMacs;
    const controls = kit.weightsOnly('search', kit.config.weightRate);
    yield* kit.train({ phase: 'search', epochs: supernetEpochs(kit), model, controls }, variablesOf(model));
    return derivationFrom(kit, model, budgetOf(kit) - (kit.trainedMacs - before));
  },
};

function supernetEpochs(kit: SearchKit): number {
  return Math.max(1, Math.floor((SHARE * budgetOf(kit)) / kit.workOf([pathsPlan(kit, 1)])));
}

function pathsPlan(kit: SearchKit, epochs: number): PhasePlan {
  const { supernet } = kit.space;
  return { ...kit.plan('search', epochs, supernet), macs: passMacs(supernet, true) };
}

/** @param macs the work that is left to train the best network */
function derivationFrom(kit: SearchKit, model: SearchedModel, macs: number): Derivation {
  return async function* (targets) {
    const best = yield* evolved(kit, model, targets);
    const trials = new Trials(kit, targets);
    try {
      const winner = trials.enter(await inherited(model, best));
      return yield* trainRest(kit, trials, winner, macs);
    } finally {
      trials.dispose();
    }
  };
}

/** The network with the least validation loss among those that evolve. */
async function* evolved(kit: SearchKit, model: SearchedModel, targets: Targets): AsyncGenerator<SearchEvent, Code> {
  const random = kit.random('evolution');
  const population = networksToTry(kit, targets);
  const scored: { readonly code: Code; readonly loss: number }[] = [];
  while (scored.length < SCORED) {
    const code = nextOf(kit, targets, scored, population, random);
    if (!code) break;
    const { model: own } = await inherited(model, code);
    try {
      await kit.estimateStatistics(own);
      const { loss } = await kit.validate(own);
      scored.push({ code, loss });
    } finally {
      disposeModel(own);
    }
    // A search that is captured here could not go on, since the next network is made before the kit is asked again.
    yield { kind: 'ranking', done: scored.length, total: SCORED };
  }
  return scored.reduce((best, next) => (next.loss < best.loss ? next : best)).code;
}

async function inherited({ architecture, parameters }: SearchedModel, code: Code): Promise<Omit<Derived, 'epochs'>> {
  const { network, plan, choice, channels, parameters: own } = await architecture.network(code, parameters);
  return { network, choice, channels, model: { plan, parameters: own, architecture: null } };
}
