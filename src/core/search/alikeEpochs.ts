import type { SearchConfig } from '../config/searchConfig';

/**
 * Epochs of a training from scratch that is to be compared with a search: as many as the search takes.
 * @param searches how many searches the strategy makes one after the other
 */
export function alikeEpochs({ epochs: { warmup, search, finetune } }: Pick<SearchConfig, 'epochs'>, searches: number): number {
  return warmup + searches * search + finetune;
}
