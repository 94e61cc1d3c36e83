/** Cells that train a network from scratch, in place of a search and just like it. */
import { WorkbenchError } from '../../errors';
import type { SearchEvent } from '../../search/events';
import { imageClassification } from '../../tasks/imageClassification';
import { searchesOf, strategyFor } from '../../strategies/index';
import { CodedNetworks } from '../codedNetworks';
import type { Search } from '../search';
import type { TrainedNetwork } from './outcome';

/** A cell's `train` that names the seed network. */
export const SEED_NETWORK = 'seedNetwork';

/**
 * Trains the network in place of the search.
 * @param train the seed network, or a network of the space by its id
 * @param classes of the examples
 */
export function trainedEvents(search: Search, train: string, classes: number): AsyncGenerator<SearchEvent, void> {
  if (train === SEED_NETWORK) return search.trainSeedNetwork();
  const { config } = search;
  if (config.task !== imageClassification.id)
    throw new WorkbenchError(
      'invalid-setting',
      `only networks of the task ${imageClassification.id} have ids to train, and this cell names "${train}" for ${config.task}`,
    );
  return search.trainFromScratch(new CodedNetworks(classes, searchesOf(strategyFor(config.method), config)).planOf(train));
}

/** Listens to such a training. */
export class TrainingMeter {
  #quality: number | null = null;
  #steps = 0;
  #spentMs = 0;

  add(event: SearchEvent): void {
    if (event.kind === 'quality') this.#quality = event.quality;
    if (event.kind !== 'step') return;
    this.#steps += 1;
    this.#spentMs += event.elapsedMs;
  }

  /** @throws WorkbenchError `internal` before it is measured */
  network(): TrainedNetwork {
    if (this.#quality === null || this.#steps === 0)
      throw new WorkbenchError('internal', 'The training ended without a step and a quality on the test examples.');
    return { quality: this.#quality, stepMs: this.#spentMs / this.#steps };
  }
}
