/** Networks trained from scratch for comparison: the seed network, and others just alike. */
import { createParameters, initialWeights } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import type { Random } from '../random';
import type { Model } from './training/engine';
import type { ComparingPhase, Qualities, SearchEvent } from './events';
import { variablesOf, type SearchKit } from './kit';
import { disposeModel } from './searchedModel';

/**
 * Trains a network from scratch like a search, so that the two can be compared. Reports its quality.
 *
 * @param searches how many searches the strategy makes one after the other
 * @param of as which network's quality it is reported
 */
export async function* trainFromScratch(
  kit: SearchKit,
  plan: NetworkPlan,
  searches: number,
  of: keyof Qualities,
): AsyncGenerator<SearchEvent, void> {
  const model = untrained(kit, plan);
  try {
    yield* trainAlike(kit, model, { phase: 'seed', searches });
    yield* kit.measure(of, model);
  } finally {
    disposeModel(model);
  }
}

/** A network with the weights that a training for comparison starts from. */
export function untrained(kit: SearchKit, plan: NetworkPlan): Model {
  return { plan, parameters: createParameters(plan, initialWeights(plan, kit.random('seed weights'))), architecture: null };
}

interface Alike {
  readonly phase: ComparingPhase;
  /** How many searches the strategy makes one after the other. */
  readonly searches: number;
  /** Epochs of the phase that other networks have taken already. */
  readonly epochsBefore?: number;
  /** Of the batches; by default they go on in the run's own order. */
  readonly order?: Random;
}

/** Trains a network from scratch like a search: the same phases, epochs and rates, and a new optimizer per phase. */
export async function* trainAlike(
  kit: SearchKit,
  model: Model,
  { phase, searches, epochsBefore: before = 0, order }: Alike,
): AsyncGenerator<SearchEvent, void> {
  const { epochs, warmup, weightRate } = kit.config;
  const variables = variablesOf(model);
  let epochsBefore = before;
  for (const schedule of ['warmup', ...new Array<'search'>(searches).fill('search')] as const) {
    if (epochs[schedule] === 0) continue;
    const first = schedule === 'warmup';
    const controls = kit.weightsOnly(schedule, first ? (warmup.rate ?? weightRate) : weightRate);
    const run = { phase, epochs: epochs[schedule], epochsBefore, model, controls } as const;
    const batches = kit.data.trainingBatches(order);
    yield* kit.train(run, variables, first ? { batches, optimizer: warmup.optimizer } : { batches });
    epochsBefore += epochs[schedule];
  }
  if (epochs.finetune > 0) yield* kit.finetune(phase, model, { epochsBefore, batches: kit.data.trainingBatches(order) });
}
