/** How much a comparison trains. */
import type { Epochs } from '../../../core/config/searchConfig';
import { imageClassification } from '../../../core/tasks/imageClassification';

export interface Budget {
  readonly name: string;
  /** The most pictures to learn from and to test on. */
  readonly train: number;
  readonly test: number;
  readonly epochs: Epochs;
}

/** How many target pairs and random seeds a comparison has unless a person says otherwise. */
interface Usual {
  readonly pairs: number;
  readonly seeds: number;
}

export const budgets: readonly (Budget & { readonly usual: Usual })[] = [
  {
    name: 'quick',
    train: 1600,
    test: 1000,
    epochs: imageClassification.presets.quick.epochs,
    usual: { pairs: 6, seeds: 5 },
  },
  // As many epochs of search as the quick preset has: more leave too few for what they find (decision 11).
  { name: 'longer', train: 4000, test: 1000, epochs: { warmup: 0, search: 2, finetune: 13 }, usual: { pairs: 3, seeds: 3 } },
  // For tests of the comparison itself; it measures nothing.
  { name: 'tiny', train: 80, test: 20, epochs: { warmup: 1, search: 1, finetune: 1 }, usual: { pairs: 1, seeds: 1 } },
];

/** Budgets that people are told of. */
export const offered: readonly string[] = ['quick', 'longer'];
