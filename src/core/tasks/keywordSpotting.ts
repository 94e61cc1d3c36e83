import { word } from '../language/say';
import { clipWords } from '../data/dataset';
import { mfcc } from '../data/features/mfcc';
import { wordNames, wordsDataset } from '../data/generators/words';
import { dsCnnSeed, dsCnnSupernet } from '../network/dsCnn';
import { cooling, ofEach, paper, quick } from './presets';
import { accuracy } from './qualities/accuracy';
import type { Task } from './task';

/** Keyword spotting with DS-CNN (MLPerf Tiny). The paper's values are from eml-eda/multi-constraint-nas, kws_training.py. */
export const keywordSpotting: Task = {
  id: 'kws',
  title: word('Keyword spotting'),
  network: 'DS-CNN',
  example: { kind: 'sound', ...clipWords, shape: [49, 10, 1] },
  asks: 'classes',
  loss: 'softmaxCrossEntropy',
  lossUnit: 'nats',
  quality: accuracy,
  validation: accuracy,
  augmentation: null,
  variants: 4,
  builtIn: {
    name: word('Built-in word-like sounds'),
    classNames: wordNames,
    counts: { trainCount: 1200, testCount: 360 },
    most: { trainCount: 6000, testCount: 1200 },
    make: (trainCount, testCount) => wordsDataset(trainCount, testCount, mfcc),
  },
  spaces: {
    candidates: word('four places, each with four candidate operations'),
    channels: word('every layer with any part of its channels'),
  },
  seedNetwork: dsCnnSeed,
  supernet: dsCnnSupernet,
  method: 'pit',
  presets: {
    quick: { ...quick, epochs: { warmup: 1, search: 3, finetune: 24 } },
    paper: {
      ...paper,
      epochs: ofEach(200),
      batchSize: 100,
      validationShare: 0.1,
      warmup: { optimizer: 'adam', rate: 1e-2 },
      schedules: {
        warmup: [
          [50, 0.5],
          [100, 0.25],
          [150, 0.1],
        ],
        search: [
          [12, 0.2],
          [24, 0.04],
        ],
        finetune: [
          [0, 10],
          [50, 5],
          [100, 2.5],
          [150, 1],
        ],
      },
      temperature: cooling(200),
    },
  },
};
