/** What the presets of all tasks have in common. */
import type { Preset } from '../config/searchConfig';

/** Ours, for a search that ends within minutes on a machine without a GPU. */
export const quick: Preset = {
  epochs: { warmup: 1, search: 3, finetune: 9 },
  batchSize: 32,
  validationShare: 0.1,
  weightRate: 4e-3,
  archRate: 3e-2,
  weightDecay: 1e-4,
  optimizer: 'adam',
  warmup: { optimizer: 'adam', rate: null },
  schedules: { warmup: 'constant', search: 'constant', finetune: 'cosine' },
  earlyStop: { patience: 0, searchFrom: 0.75, finetune: null },
  bilevel: { candidates: 'off', channels: 'off' },
  sampling: { noise: 'none', hard: false },
  temperature: { start: 1, end: 0.03 },
  icv: 0,
  excess: { candidates: 'above', channels: 'proportionate' },
  start: { candidates: 'largest', channels: 'even' },
  shortlist: 2,
};

/** The paper's image classification. Source: eml-eda/multi-constraint-nas, icl_training.py. */
export const paper: Preset = {
  epochs: { warmup: 500, search: 500, finetune: 500 },
  batchSize: 32,
  validationShare: 0.2,
  weightRate: 1e-3,
  archRate: 1e-3,
  weightDecay: 1e-4,
  optimizer: 'adam',
  warmup: { optimizer: 'sgd', rate: 0.1 },
  schedules: { warmup: 'cosine', search: 'exponential', finetune: 'exponential' },
  earlyStop: { patience: 20, searchFrom: 0.75, finetune: null },
  bilevel: { candidates: 'epochs', channels: 'off' },
  sampling: { noise: 'gumbel', hard: true },
  temperature: { start: 1, end: 1 },
  icv: 0,
  excess: { candidates: 'above', channels: 'above' },
  start: { candidates: 'even', channels: 'even' },
  shortlist: 1,
};

/** The same number of epochs in each phase, as in the paper. */
export const ofEach = (epochs: number): Preset['epochs'] => ({ warmup: epochs, search: epochs, finetune: epochs });

/** The temperature that falls by e^(-0.05) each epoch. */
export const cooling = (epochs: number): Preset['temperature'] => ({ start: 1, end: Math.exp(-0.05 * epochs) });
