import { word } from '../language/say';
import type { Phase } from './events';

/** Phases in words, for messages and progress; in English. */
export const phaseNames: Readonly<Record<Phase, string>> = {
  warmup: word('warm-up'),
  search: word('search'),
  masks: word('channel search'),
  trials: word('trials'),
  finetune: word('fine-tune'),
  seed: word('seed network'),
  comparison: word('comparison'),
};
