import { word } from '../language/say';
import { pictureWords } from '../data/dataset';
import { sceneNames, scenesDataset } from '../data/generators/scenes';
import { mobileNetSeed, mobileNetSupernet } from '../network/mobileNet';
import { ofEach, paper, quick } from './presets';
import { accuracy } from './qualities/accuracy';
import type { Task } from './task';

/**
 * Visual wake words, a person or none, with MobileNet v1 (MLPerf Tiny). The paper's values are from eml-eda/multi-constraint-nas,
 * vww_training.py; how its rate falls in fine-tuning is not known.
 */
export const visualWakeWords: Task = {
  id: 'vww',
  title: word('Visual wake words'),
  network: 'MobileNet',
  example: { kind: 'picture', ...pictureWords, shape: [96, 96, 3] },
  asks: 'classes',
  loss: 'softmaxCrossEntropy',
  lossUnit: 'nats',
  quality: accuracy,
  validation: accuracy,
  augmentation: { flip: true, shift: 5 },
  builtIn: {
    name: word('Built-in scenes'),
    classNames: sceneNames,
    counts: { trainCount: 1000, testCount: 300 },
    most: { trainCount: 4000, testCount: 1000 },
    make: (trainCount, testCount) => scenesDataset(trainCount, testCount),
  },
  spaces: {
    candidates: word('thirteen places, each with three or four candidate operations'),
    channels: word('every layer with any part of its channels'),
  },
  seedNetwork: mobileNetSeed,
  supernet: mobileNetSupernet,
  method: 'supernet',
  presets: {
    quick: { ...quick, epochs: { warmup: 1, search: 2, finetune: 12 } },
    paper: {
      ...paper,
      epochs: ofEach(70),
      warmup: { optimizer: 'adam', rate: null },
      schedules: { warmup: halvings(), search: halvings(), finetune: 'constant' },
    },
  },
};

/** To a half at epoch 20, and to a quarter at 30. */
function halvings(): [number, number][] {
  return [
    [20, 0.5],
    [30, 0.25],
  ];
}
