/** Networks trained from scratch like a search, for comparison with what it finds; first of all the seed network. */
import { createParameters, initialWeights } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import type { Model } from './training/engine';
import type { Qualities, SearchEvent } from './events';
import { variablesOf, type SearchKit } from './kit';
import { disposeModel } from './searchedModel';

/**
 * Trains a network from scratch like a search: the same phases, epochs and rates, and a new optimizer per phase, so that the two can
 * be compared. Reports its quality.
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
  const model: Model = { plan, parameters: createParameters(plan, initialWeights(plan, kit.random('seed weights'))), architecture: null };
  try {
    yield* trainAlike(kit, model, searches);
    yield* kit.measure(of, model);
  } finally {
    disposeModel(model);
  }
}

/** Epochs of this training. */
export function seedEpochs({ config: { epochs } }: SearchKit, searches: number): number {
  return epochs.warmup + searches * epochs.search + epochs.finetune;
}

async function* trainAlike(kit: SearchKit, model: Model, searches: number): AsyncGenerator<SearchEvent, void> {
  const { epochs, warmup, weightRate } = kit.config;
  const variables = variablesOf(model);
  let epochsBefore = 0;
  for (const schedule of ['warmup', ...new Array<'search'>(searches).fill('search')] as const) {
    if (epochs[schedule] === 0) continue;
    const first = schedule === 'warmup';
    const controls = kit.weightsOnly(schedule, first ? (warmup.rate ?? weightRate) : weightRate);
    const run = { phase: 'seed', epochs: epochs[schedule], epochsBefore, model, controls } as const;
    yield* kit.train(run, variables, first ? { optimizer: warmup.optimizer } : {});
    epochsBefore += epochs[schedule];
  }
  if (epochs.finetune > 0) yield* kit.finetune('seed', model, { epochsBefore });
}
