import { word } from '../language/say';
import { pictureWords } from '../data/dataset';
import { shapeDataset, shapeNames } from '../data/shapes';
import { resnet8Seed, resnet8Supernet } from '../network/resnet8';
import { paper, quick } from './presets';
import { accuracy } from './qualities/accuracy';
import type { Task } from './task';

/** Image classification with ResNet-8 (MLPerf Tiny). */
export const imageClassification: Task = {
  id: 'ic',
  title: word('Image classification'),
  network: 'ResNet-8',
  example: { kind: 'picture', ...pictureWords, shape: [32, 32, 3] },
  asks: 'classes',
  loss: 'softmaxCrossEntropy',
  lossUnit: 'nats',
  quality: accuracy,
  validation: accuracy,
  augmentation: { flip: true, shift: 3 },
  builtIn: {
    name: word('Built-in shapes'),
    classNames: shapeNames,
    counts: { trainCount: 1600, testCount: 500 },
    most: { trainCount: 8000, testCount: 1000 },
    make: (trainCount, testCount) => shapeDataset(trainCount, testCount),
  },
  spaces: {
    candidates: word('seven places, each with three or four candidate operations'),
    channels: word('every layer with any part of its channels'),
  },
  seedNetwork: resnet8Seed,
  supernet: resnet8Supernet,
  method: 'pit',
  presets: {
    // An epoch of the supernet costs as much as five of what it finds, and teaches less (docs/decisions/0011-worth-of-a-search.md).
    quick: {
      ...quick,
      epochs: { warmup: 0, search: 2, finetune: 24 },
      archRate: 5e-2,
      start: { candidates: 'balanced', channels: 'balanced' },
    },
    paper,
  },
};
