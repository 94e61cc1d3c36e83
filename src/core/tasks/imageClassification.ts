import { pictureWords } from '../data/dataset';
import { shapeDataset, shapeNames } from '../data/shapes';
import { resnet8Seed, resnet8Supernet } from '../network/resnet8';
import { accuracy } from './qualities/accuracy';
import type { Task } from './task';

/**
 * Image classification with ResNet-8 (MLPerf Tiny). The paper's values are from eml-eda/multi-constraint-nas,
 * icl_training.py; "quick" is ours, for a search that ends within minutes on a machine without a GPU.
 */
export const imageClassification: Task = {
  id: 'ic',
  title: 'Image classification',
  network: 'ResNet-8',
  example: { kind: 'picture', ...pictureWords, shape: [32, 32, 3] },
  asks: 'classes',
  loss: 'softmaxCrossEntropy',
  lossUnit: 'nats',
  quality: accuracy,
  validation: accuracy,
  augmentation: { flip: true, shift: 3 },
  builtIn: {
    name: 'Built-in shapes',
    classNames: shapeNames,
    counts: { trainCount: 1600, testCount: 500 },
    most: { trainCount: 8000, testCount: 1000 },
    make: (trainCount, testCount) => shapeDataset(trainCount, testCount),
  },
  spaces: {
    candidates: 'seven places, each with three or four candidate operations',
    channels: 'every layer with any part of its channels',
  },
  seedNetwork: resnet8Seed,
  supernet: resnet8Supernet,
  presets: {
    quick: {
      epochs: { warmup: 1, search: 3, finetune: 9 },
      batchSize: 32,
      validationShare: 0.1,
      weightRate: 4e-3,
      archRate: 3e-2,
      weightDecay: 1e-4,
      optimizer: 'adam',
      warmup: { optimizer: 'adam', rate: null },
      schedules: { warmup: 'constant', search: 'constant', finetune: 'cosine' },
      earlyStop: { patience: 0, searchFrom: 0.75 },
      bilevel: { candidates: 'off', channels: 'off' },
      sampling: { noise: 'none', hard: false },
      temperature: { start: 1, end: 0.03 },
      icv: 0,
      excess: { candidates: 'above', channels: 'proportionate' },
      start: 'largest',
      shortlist: 2,
    },
    paper: {
      epochs: { warmup: 500, search: 500, finetune: 500 },
      batchSize: 32,
      validationShare: 0.2,
      weightRate: 1e-3,
      archRate: 1e-3,
      weightDecay: 1e-4,
      optimizer: 'adam',
      warmup: { optimizer: 'sgd', rate: 0.1 },
      schedules: { warmup: 'cosine', search: 'exponential', finetune: 'exponential' },
      earlyStop: { patience: 20, searchFrom: 0.75 },
      bilevel: { candidates: 'epochs', channels: 'off' },
      sampling: { noise: 'gumbel', hard: true },
      temperature: { start: 1, end: 1 },
      icv: 0,
      excess: { candidates: 'above', channels: 'above' },
      start: 'even',
      shortlist: 1,
    },
  },
};
