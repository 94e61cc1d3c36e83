import { word } from '../language/say';
import { pieceWords } from '../data/dataset';
import { wholeFrames } from '../data/features/logMel';
import { machinesDataset, VECTORS } from '../data/generators/machines';
import { sampleDataset } from '../data/sampling';
import { autoencoderSeed, autoencoderSupernet } from '../network/autoencoder';
import { cooling, ofEach, paper, quick } from './presets';
import { auc } from './qualities/auc';
import { reconstructionError } from './qualities/reconstructionError';
import type { Task } from './task';

/** Five frames of 128 mel bands, which the network has to give back. */
const VALUES = 640;
/** Decides which vectors of the last recording are used. */
const SAMPLE_SEED = 1;

/**
 * Anomaly detection in machine sounds with an autoencoder (MLPerf Tiny): it learns normal sounds alone, and gives back those of a fault
 * less exactly. The paper's values are from eml-eda/multi-constraint-nas, amd_training.py.
 */
export const anomalyDetection: Task = {
  id: 'ad',
  title: word('Anomaly detection'),
  network: word('an autoencoder'),
  example: { kind: 'vector', ...pieceWords, shape: [VALUES] },
  asks: 'input',
  loss: 'meanSquaredError',
  lossUnit: '',
  quality: auc,
  validation: reconstructionError,
  augmentation: null,
  builtIn: {
    name: word('Built-in machine hum'),
    classNames: ['normal', 'anomalous'],
    counts: { trainCount: 64 * VECTORS, testCount: 64 * VECTORS },
    most: { trainCount: 256 * VECTORS, testCount: 128 * VECTORS },
    make(trainCount, testCount) {
      const recordings = (vectors: number) => Math.ceil(vectors / VECTORS);
      const whole = machinesDataset(recordings(trainCount), recordings(testCount), wholeFrames);
      return sampleDataset(whole, { trainCount, testCount }, SAMPLE_SEED);
    },
  },
  spaces: {
    candidates: word('six places, each with a dense layer or nothing'),
    channels: word('every layer but the last with any part of its units'),
  },
  seedNetwork: () => autoencoderSeed(VALUES),
  supernet: () => autoencoderSupernet(VALUES),
  method: 'pit',
  presets: {
    quick: { ...quick, epochs: { warmup: 4, search: 8, finetune: 24 }, batchSize: 64, weightRate: 1e-3 },
    paper: {
      ...paper,
      epochs: ofEach(100),
      batchSize: 512,
      weightDecay: 0,
      validationShare: 0.1,
      warmup: { optimizer: 'adam', rate: null },
      schedules: { warmup: 'constant', search: 'constant', finetune: 'constant' },
      bilevel: { candidates: 'off', channels: 'off' },
      temperature: cooling(100),
    },
  },
};
