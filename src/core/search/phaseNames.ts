import type { Phase } from './events';

/** Phases in words, for messages and progress. */
export const phaseNames: Readonly<Record<Phase, string>> = {
  warmup: 'warm-up',
  search: 'search',
  masks: 'channel search',
  trials: 'trials',
  finetune: 'fine-tune',
  seed: 'seed network',
  comparison: 'comparison',
};
