import type { Accuracies } from './events';

/** What each accuracy is of, in the order in which they are shown. */
export const accuracyNames: Readonly<Record<keyof Accuracies, string>> = {
  supernet: 'supernet, candidates mixed',
  masked: 'network with channels masked',
  derived: 'derived network before fine-tuning',
  final: 'found network',
  seedNetwork: 'seed network, as many epochs',
};
