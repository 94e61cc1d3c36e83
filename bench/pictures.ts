/** Measures how hard the built-in pictures are: the accuracy of a linear classifier and of the seed ResNet-8 on 8,000 of them. */
import { startBackend } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { TrainingBatches } from '../src/core/data/batches';
import { normalizationOf } from '../src/core/data/dataset';
import { shapeDataset } from '../src/core/data/shapes';
import { resnet8Seed } from '../src/core/network/resnet8';
import type { Network } from '../src/core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../src/core/network/parameters';
import { planNetwork } from '../src/core/network/plan';
import { createRandom } from '../src/core/random';
import { evaluate } from '../src/core/search/training/evaluate';
import { scheduledRate } from '../src/core/search/training/learningRate';
import { imageClassification } from '../src/core/tasks/imageClassification';
import { referenceEngine } from '../src/training/engine';
import { createReferenceStep } from '../src/training/referenceStep';
import type { Figure } from './bench';

const PICTURES = { train: 8000, test: 1000 };
const EPOCHS = 10;

const linear: Network = {
  input: [32, 32, 3],
  layers: [
    { id: 'flat', op: 'flatten', inputs: ['input'] },
    { id: 'logits', op: 'dense', inputs: ['flat'], units: 10, bias: true },
  ],
};

export async function benchmarkPictures(): Promise<Figure[]> {
  await startBackend('wasm', nodeBackends);
  const { weightRate } = imageClassification.presets.quick;
  // The linear classifier is trained with several learning rates, with and without augmentation, and its best result counts.
  const attempts = [];
  for (const rate of [1e-4, 1e-3]) for (const augment of [false, true]) attempts.push(await bestAccuracy(linear, rate, augment));
  return [
    { what: `linear classifier, best of ${EPOCHS} epochs and ${attempts.length} settings`, value: 100 * Math.max(...attempts), unit: '%' },
    { what: `seed ResNet-8, best of ${EPOCHS} epochs`, value: 100 * (await bestAccuracy(resnet8Seed(10), weightRate, true)), unit: '%' },
  ];
}

/** Best test accuracy over the epochs. */
async function bestAccuracy(network: Network, rate: number, augment: boolean): Promise<number> {
  const dataset = shapeDataset(PICTURES.train, PICTURES.test);
  const plan = planNetwork(network);
  const parameters = createParameters(plan, initialWeights(plan, createRandom(1, 'weights')));
  const normalization = normalizationOf(dataset.train, dataset.shape);
  const augmentation = augment ? { flip: true, shift: 3 } : null;
  const batches = new TrainingBatches(
    { examples: dataset.train, shape: dataset.shape, normalization },
    32,
    augmentation,
    createRandom(1, 'batches'),
  );
  const step = await createReferenceStep({
    plan,
    parameters,
    architecture: null,
    loss: imageClassification.loss,
    batchSize: 32,
    optimizer: 'adam',
    archOptimizer: 'adam',
    weightDecay: 1e-4,
    sets: [],
    randomSeed: () => 0,
  });
  const data = { examples: dataset.test, shape: dataset.shape, normalization, batchSize: 32 };
  const steps = EPOCHS * batches.perEpoch;
  let best = 0;
  for (let done = 0; done < steps; done++) {
    const weightRate = scheduledRate('cosine', rate, { epoch: Math.floor(done / batches.perEpoch), share: done / steps });
    step.run(batches.next(), { weightRate, archRate: 0, penalties: [] }).metrics.dispose();
    if ((done + 1) % batches.perEpoch !== 0) continue;
    const model = { plan, parameters, architecture: null };
    const { quality } = await evaluate(model, data, imageClassification, referenceEngine, () => Promise.resolve());
    console.error(`${network.layers.length} layers, rate ${rate}, epoch ${(done + 1) / batches.perEpoch}: ${(100 * quality).toFixed(1)} %`);
    best = Math.max(best, quality);
  }
  step.dispose();
  disposeParameters(parameters);
  return best;
}
