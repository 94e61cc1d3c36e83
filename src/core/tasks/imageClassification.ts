import { resnet8Seed, resnet8Supernet } from '../network/resnet8';
import type { Task } from './task';

/**
 * Image classification with ResNet-8 (MLPerf Tiny). The paper's values are from eml-eda/multi-constraint-nas,
 * icl_training.py; "quick" is ours, for a search that ends within minutes on a machine without a GPU.
 */
export const imageClassification: Task = {
  id: 'ic',
  title: 'Image classification',
  seedNetwork: resnet8Seed,
  supernet: resnet8Supernet,
  presets: {
    quick: {
      epochs: { warmup: 1, search: 4, finetune: 4 },
      batchSize: 32,
      weightRate: 4e-3,
      archRate: 3e-2,
      temperature: { start: 1, end: 0.03 },
      weightDecay: 1e-4,
      finetuneSchedule: 'cosine',
    },
    paper: {
      epochs: { warmup: 500, search: 500, finetune: 500 },
      batchSize: 32,
      weightRate: 1e-3,
      archRate: 1e-3,
      temperature: { start: 1, end: 1 },
      weightDecay: 1e-4,
      finetuneSchedule: 'constant',
    },
  },
};
