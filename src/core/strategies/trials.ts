/**
 * Trials: networks trained one after the other to be compared, of which one is chosen. All of them train in one phase, so that
 * progress counts their epochs together.
 */
import { createParameters, initialWeights } from '../network/parameters';
import type { SearchEvent } from '../search/events';
import { variablesOf, type SearchKit } from '../search/kit';
import type { Code } from '../search/networks/networks';
import { costsOf } from '../search/space';
import { disposeModel } from '../search/searchedModel';
import type { Targets } from '../cost/metrics';
import { hypervolume, pointOf, withPoint } from './hypervolume';
import type { Derived } from './strategy';

/** A network on trial. Ownership of its model stays with the `Trials`, except of the one that is taken. */
export interface Trial {
  readonly derived: Omit<Derived, 'epochs'>;
  /** Epochs that it has trained on trial. */
  epochs: number;
  /**
   * Mean training loss of the last of them, Infinity before the first. In few epochs every example is nearly new, so this measures
   * quality on thousands of examples, where validation has some hundred (Ru et al., arXiv 2006.04492: training speed).
   */
  loss: number;
}

export class Trials {
  readonly #live = new Set<Trial>();
  #epochs = 0;
  #drawn = 0;
  #rounds = 0;

  #front: readonly (readonly number[])[] = [];

  /** @param targets in force, which every network meets */
  constructor(
    private readonly kit: SearchKit,
    private readonly targets: Targets,
  ) {}

  /** Epochs of all networks so far. */
  get epochs(): number {
    return this.#epochs;
  }

  /** Enters a network. */
  enter(derived: Trial['derived']): Trial {
    const trial = { derived, epochs: 0, loss: Infinity };
    this.#live.add(trial);
    return trial;
  }

  /** Enters a network of the space with random weights. */
  draw(code: Code): Trial {
    const { networks } = this.kit;
    const { plan, choice, channels } = networks.describe(code);
    const weights = initialWeights(plan, this.kit.random(`trial ${this.#drawn++}`));
    return this.enter({
      network: plan.network,
      choice,
      channels,
      model: { plan, parameters: createParameters(plan, weights), architecture: null },
    });
  }

  /**
   * Trains each network on for some epochs, all of them on the same batches, so that their losses can be compared.
   * @param epochs of each, at the search's learning rate
   * @param round rounds of the same name have the same batches; by default every round has others
   */
  async *round(trials: readonly Trial[], epochs: number, round: string | number = this.#rounds++): AsyncGenerator<SearchEvent, void> {
    for (const trial of trials) yield* this.#train(trial, epochs, round);
  }

  /** The network with the least loss. */
  best(trials: readonly Trial[]): Trial {
    return ranked(trials)[0] as Trial;
  }

  /** Drops every network except these. */
  keep(kept: readonly Trial[]): void {
    for (const trial of this.#live)
      if (!kept.includes(trial)) {
        disposeModel(trial.derived.model);
        this.#live.delete(trial);
      }
  }

  /** Drops every network except this one, whose ownership passes to the caller. @param epochs of fine-tuning */
  take(trial: Trial, epochs: number): Derived {
    this.keep([trial]);
    this.#live.clear();
    return { ...trial.derived, epochs };
  }

  /** Drops every network that was not taken. */
  dispose(): void {
    this.keep([]);
  }

  async *#train(trial: Trial, epochs: number, round: string | number): AsyncGenerator<SearchEvent, void> {
    const { kit } = this;
    const { model, choice, channels } = trial.derived;
    if (epochs === 0) return;
    let validationQuality = 0;
    const run = {
      phase: 'trials',
      epochs,
      epochsBefore: this.#epochs,
      model,
      controls: kit.weightsOnly('search', kit.config.weightRate),
      onEpoch: ({ quality }: { readonly quality: number }) => {
        validationQuality = quality;
        return false;
      },
    } as const;
    const batches = kit.data.trainingBatches(kit.random(`trial batches ${round}`));
    const { lastLoss } = yield* kit.train(run, variablesOf(model), { batches });
    this.#epochs += epochs;
    trial.epochs += epochs;
    trial.loss = lastLoss as number;
    const costs = costsOf(model.plan, kit.space.metrics);
    this.#front = withPoint(this.#front, pointOf(trial.loss, costs, this.targets, kit.space.metrics));
    yield {
      kind: 'trial',
      step: kit.steps,
      choice,
      channels,
      costs,
      epochs: trial.epochs,
      trainLoss: trial.loss,
      validationQuality,
      hypervolume: hypervolume(this.#front),
    };
  }
}

/** By loss, the least first. */
export function ranked(trials: readonly Trial[]): Trial[] {
  return trials.toSorted((a, b) => a.loss - b.loss);
}

/**
 * Trains networks in rounds; the better half of each round goes on until one is left (successive halving, Jamieson and Talwalkar,
 * arXiv 1502.07943).
 * @param epochsOf epochs of each of a round's networks
 */
export async function* halve(
  trials: Trials,
  entrants: readonly Trial[],
  epochsOf: (left: readonly Trial[]) => number,
): AsyncGenerator<SearchEvent, Trial> {
  let left = entrants;
  while (left.length > 1) {
    yield* trials.round(left, epochsOf(left));
    left = ranked(left).slice(0, Math.ceil(left.length / 2));
    trials.keep(left);
  }
  return left[0] as Trial;
}

/** Epochs of all networks in a halving with one epoch per round. */
export function halvingEpochs(count: number): number {
  return count <= 1 ? 0 : count + halvingEpochs(Math.ceil(count / 2));
}

/** Rounds until one of so many networks is left. */
export const roundsOf = (count: number): number => Math.ceil(Math.log2(count));
