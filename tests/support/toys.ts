/**
 * A minimal task, loss, strategy and exporter, written the way that somebody would add them: one object each, for the public lists.
 */
import { mean, square, sub, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Examples } from '../../src/core/data/dataset';
import { chooseCandidates } from '../../src/core/network/choose';
import { mixedOps } from '../../src/core/network/plan';
import type { Attributes } from '../../src/core/ops/index';
import { createParameters, initialWeights } from '../../src/core/network/parameters';
import { planNetwork } from '../../src/core/network/plan';
import { createRandom } from '../../src/core/random';
import { bestWithin } from '../../src/core/search/constraints/choosing';
import type { Strategy } from '../../src/core/strategies/strategy';
import { imageClassification } from '../../src/core/tasks/imageClassification';
import type { Quality, Task } from '../../src/core/tasks/task';
import type { Exporter } from '../../src/exporters/exporter';
import type { Loss } from '../../src/kernels/losses/loss';

const WIDTH = 6;

/** Mean squared difference between the network's output and its input. Each example's loss is already this value. */
const toyQuality: Quality = {
  id: 'toyError',
  label: 'Squared error',
  word: 'squared error',
  unit: '',
  better: 'lower',
  of: ({ losses }) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
};

export const toyLoss: Loss = {
  id: 'toySquares',
  counts: 'toyError',
  reference(outputs, { inputs }) {
    const losses = mean(square(sub(outputs, inputs)), 1) as Tensor1D;
    return { losses, counted: losses };
  },
  wasm: null,
  webgpu: null,
};

const dense = (units: number): Attributes => ({ op: 'dense', units, bias: true });

/** Vectors whose second half follows from the first, so that a network can learn to reproduce them. */
function vectors(count: number): Examples {
  const random = createRandom(1, 'toy vectors');
  const values = new Float32Array(count * WIDTH);
  for (let index = 0; index < count; index++)
    for (let at = 0; at < WIDTH / 2; at++) values[index * WIDTH + at] = values[index * WIDTH + WIDTH / 2 + at] = random.normal();
  return { count, values, labels: Uint8Array.from({ length: count }, (_, index) => index % 2) };
}

export const toyTask: Task = {
  id: 'toy',
  title: 'Vectors given back',
  network: 'two dense layers',
  example: { kind: 'vector', one: 'vector', many: 'vectors', shape: [WIDTH] },
  asks: 'input',
  loss: toyLoss.id,
  lossUnit: '',
  quality: toyQuality,
  validation: toyQuality,
  augmentation: null,
  builtIn: {
    name: 'Toy vectors',
    classNames: ['even', 'odd'],
    counts: { trainCount: 64, testCount: 16 },
    most: { trainCount: 64, testCount: 16 },
    make: (trainCount, testCount) => ({
      name: 'Toy vectors',
      words: { one: 'vector', many: 'vectors' },
      synthetic: true,
      shape: [WIDTH],
      classNames: ['even', 'odd'],
      warnings: [],
      train: vectors(trainCount),
      test: vectors(testCount),
    }),
  },
  spaces: { candidates: 'one place with two dense layers to choose from', channels: 'any part of its units' },
  seedNetwork: () => ({
    input: [WIDTH],
    layers: [
      { id: 'narrow', inputs: ['input'], ...dense(4) },
      { id: 'wide', inputs: ['narrow'], ...dense(WIDTH) },
    ],
  }),
  method: 'pit',
  supernet: () => ({
    input: [WIDTH],
    layers: [
      {
        id: 'narrow',
        inputs: ['input'],
        op: 'mixedOp',
        candidates: [
          { name: 'linear', layers: [dense(4)] },
          { name: 'rectified', layers: [dense(8), { op: 'relu' }, dense(4)] },
        ],
      },
      { id: 'wide', inputs: ['narrow'], ...dense(WIDTH) },
    ],
  }),
  presets: imageClassification.presets,
};

/** Draws one network at random among those that meet the targets; nothing is trained before fine-tuning. */
export const toyStrategy: Strategy = {
  id: 'draw',
  label: 'Drawing lots',
  help: 'draws one network that meets the targets',
  searches: ['candidates'],
  gradients: false,
  options: [],
  phases: () => [],
  // eslint-disable-next-line require-yield -- it does not search
  async *search(kit) {
    const random = kit.random('lots');
    // eslint-disable-next-line require-yield -- nor does it train to derive
    return async function* (targets) {
      const { table, supernet } = kit.space;
      const lots = table.candidates.map((candidates) => candidates.map(() => random.uniform()));
      const picks = bestWithin(table, targets, lots) as number[];
      const choice = Object.fromEntries(
        mixedOps(supernet).map(({ id, candidates }, at) => [id, candidates[picks[at] as number]?.name as string]),
      );
      const network = chooseCandidates(supernet.network, choice);
      const plan = planNetwork(network);
      const parameters = createParameters(plan, initialWeights(plan, kit.random('drawn weights')));
      return { network, choice, channels: [], model: { plan, parameters, architecture: null } };
    };
  },
};

/** The network's layers, one per line. */
export const toyExporter: Exporter = {
  id: 'toyList',
  label: 'list of layers',
  files: ['toyList.txt'],
  mime: 'text/plain',
  note: 'People read it.',
  async write({ model }) {
    const layers = model?.plan.layers.map(({ id }) => `${id}\n`) ?? [];
    return [() => layers];
  },
};
