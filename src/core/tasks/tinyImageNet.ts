import { word } from '../language/say';
import { pictureWords } from '../data/dataset';
import { textureNames, texturesDataset } from '../data/generators/textures';
import { resnet18 } from '../network/resnet18';
import { ofEach, paper, quick } from './presets';
import { accuracy } from './qualities/accuracy';
import type { Task } from './task';

/** What both sizes have in common. The paper searches the channels of this network alone. */
const common = {
  asks: 'classes',
  loss: 'softmaxCrossEntropy',
  lossUnit: 'nats',
  quality: accuracy,
  validation: accuracy,
  spaces: { channels: word('every layer with any part of its channels') },
  method: 'pit',
} as const;

/**
 * The paper's values, from eml-eda/multi-constraint-nas, tiny_imagenet_training.py. The paper begins with weights trained on ImageNet,
 * trains them on pictures of ImageNet's size, and then on the task's own, at a hundredth of the rate. Here both trainings begin with
 * random weights, so both have pictures of the task's size.
 */
const asPublished = {
  ...paper,
  epochs: { ...ofEach(50), warmup: 2 * 50 },
  batchSize: 100,
  validationShare: 0.1,
  optimizer: 'momentum',
  warmup: { optimizer: 'sgd', rate: 0.1 },
  schedules: { warmup: [[50, 0.01]], search: tenths(), finetune: 'constant' },
  earlyStop: { patience: 10, searchFrom: 0.5, finetune: 20 },
} as const;

/** A tenth after every seven epochs. */
function tenths(): [number, number][] {
  return [1, 2, 3, 4, 5, 6, 7].map((falls) => [7 * falls, 0.1 ** falls]);
}

/** Tiny ImageNet with ResNet-18. A step takes seconds on a processor: its forward pass has 2.2 thousand million multiply-accumulates. */
export const tinyImageNet: Task = {
  ...common,
  id: 'tin',
  title: word('Tiny ImageNet'),
  network: 'ResNet-18',
  example: { kind: 'picture', ...pictureWords, shape: [64, 64, 3] },
  augmentation: { flip: true, shift: 0 },
  builtIn: builtIn(64, 200, { trainCount: 1000, testCount: 400 }),
  seedNetwork: (classes) => resnet18(classes),
  supernet: (classes) => resnet18(classes),
  presets: { quick: { ...quick, epochs: { warmup: 1, search: 1, finetune: 2 } }, paper: asPublished },
};

/** The same at half of the side, with a quarter of the channels: a hundredth of the work. */
export const tinyImageNetDemo: Task = {
  ...common,
  id: 'tin-demo',
  title: word('Tiny ImageNet at 32×32 (demo)'),
  network: word('ResNet-18 with a quarter of its channels'),
  example: { kind: 'picture', ...pictureWords, shape: [32, 32, 3] },
  augmentation: { flip: true, shift: 2 },
  builtIn: builtIn(32, 20, { trainCount: 1000, testCount: 400 }),
  seedNetwork: (classes) => resnet18(classes, 32, 16),
  supernet: (classes) => resnet18(classes, 32, 16),
  presets: { quick: { ...quick, epochs: { warmup: 2, search: 5, finetune: 10 } }, paper: asPublished },
};

function builtIn(side: number, classes: number, counts: Task['builtIn']['counts']): Task['builtIn'] {
  return {
    name: word('Built-in textured shapes'),
    classNames: textureNames.slice(0, classes),
    counts,
    most: { trainCount: 8000, testCount: 2000 },
    make: (trainCount, testCount) => texturesDataset(trainCount, testCount, { side, classes }),
  };
}
