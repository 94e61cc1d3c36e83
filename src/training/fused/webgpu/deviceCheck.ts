/**
 * Checks that a device computes the fused step correctly, since some graphics drivers miscompile a kernel without an error. A small
 * supernet with the kernels of the default search trains for three steps on pictures that stay on the device, and then runs as for
 * validation; a channel search does the same. The CPU computed the expected losses.
 */
import { mean, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { TrainingBatches } from '../../../core/data/batches';
import type { ExampleSet } from '../../../core/data/dataset';
import { WorkbenchError } from '../../../core/errors';
import { costTable } from '../../../core/cost/costTable';
import { gap8 } from '../../../core/cost/devices/gap8';
import { metricFor } from '../../../core/cost/metrics';
import { batchNorm as norm, conv, depthwise, inRow, relu } from '../../../core/network/builders';
import { INPUT } from '../../../core/network/input';
import type { Network } from '../../../core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../../../core/network/parameters';
import { channelMap } from '../../../core/network/channels';
import { chooseCandidates } from '../../../core/network/choose';
import { planNetwork, type NetworkPlan } from '../../../core/network/plan';
import { createRandom, type Random } from '../../../core/random';
import type { Architecture } from '../../../core/search/training/architecture';
import { Pit } from '../../../core/search/architectures/pit';
import { plainSoftmax, SuperNet } from '../../../core/search/architectures/supernet';
import type { InferenceFactory } from '../../../core/search/training/engine';
import type { StepFactory } from '../../../core/search/training/trainingStep';
import { softmaxCrossEntropy } from '../../../kernels/losses/softmaxCrossEntropy/index';
import { startingTiles } from '../../../kernels/tiles';
import { webgpuBackend } from './device';
import { createWebgpuInference } from './inference';
import { createWebgpuStep } from './step';

/**
 * Losses of three steps and of the trained network, for either search, by the reference on the CPU backend; a test compares them
 * with it.
 */
export const expectedLosses: readonly number[] = [1.647823, 2.128587, 2.172152, 2.011011, 1.432337, 1.823554, 1.868961, 1.865896];

/** Largest accepted relative difference; rounding stays about a hundred times smaller. */
const TOLERANCE = 1e-3;

/** Results by device, since one check is enough. */
const checked = new WeakMap<GPUDevice, Promise<boolean>>();

/**
 * Whether the active backend, which must be webgpu, computes the fused step correctly. A device that refuses it counts as wrong.
 * @throws WorkbenchError `device-lost`
 */
export function deviceComputesRight(): Promise<boolean> {
  const { device } = webgpuBackend();
  // The check does not tune tiles; that happens later, on the first network that is really trained.
  const known = checked.get(device) ?? rightWith((options) => createWebgpuStep(options, { tiles: startingTiles }), createWebgpuInference);
  checked.set(device, known);
  return known;
}

/** Whether this step and inference reproduce the expected losses. @throws WorkbenchError `device-lost` */
export async function rightWith(createStep: StepFactory, createInference: InferenceFactory): Promise<boolean> {
  try {
    const found = await losses(createStep, createInference);
    // NaN fails this comparison, so it counts as wrong.
    return expectedLosses.every((loss, step) => Math.abs((found[step] as number) / loss - 1) <= TOLERANCE);
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'device-lost') throw error;
    return false;
  }
}

/** Losses of a candidate search, then of a channel search, by the given training step and inference. */
export async function losses(createStep: StepFactory, createInference: InferenceFactory): Promise<number[]> {
  const metrics = [metricFor('params', gap8)];
  const candidates = await lossesOf(probe, createStep, createInference, (plan, random) => {
    return new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random });
  });
  const channels = await lossesOf(chooseCandidates(probe, { mixed: 'conv3x3' }), createStep, createInference, (plan) => {
    const start = channelMap(plan).groups.map(({ id, channels: count }) => [id, Array.from({ length: count }, someMasked)] as const);
    return new Pit(plan, metrics, plainSoftmax.temperature, Object.fromEntries(start));
  });
  return [...candidates, ...channels];
}

const someMasked = (_: unknown, channel: number) => (channel % 3 === 0 ? 0.45 : 0.9);

/** Losses of three steps, and of the trained network run as for validation. */
async function lossesOf(
  network: Network,
  createStep: StepFactory,
  createInference: InferenceFactory,
  search: (plan: NetworkPlan, random: Random) => Architecture,
): Promise<number[]> {
  const plan = planNetwork(network);
  const random = createRandom(1, 'device check');
  const parameters = createParameters(plan, initialWeights(plan, random));
  const architecture = search(plan, random);
  const batches = new TrainingBatches(pictures(random), BATCH, { flip: true, shift: 1 }, random);
  const step = await createStep({
    plan,
    parameters,
    architecture,
    loss: softmaxCrossEntropy.id,
    batchSize: BATCH,
    optimizer: 'adam',
    archOptimizer: 'adam',
    weightDecay: 1e-3,
    sets: batches.sets,
    randomSeed: () => 0,
  });
  try {
    const found: number[] = [];
    for (let index = 0; index < 3; index++) {
      const controls = { weightRate: 1e-2, archRate: 1e-1, penalties: [{ strength: 1e-4, target: 100 }] };
      const { metrics } = step.run(batches.next(), controls);
      found.push((await metrics.data())[0] as number);
      metrics.dispose();
    }
    step.settle();
    const inference = await createInference({ plan, parameters, architecture }, BATCH);
    const { x, labels } = batches.next();
    const loss = tidy(() => {
      const targets = { labels: tensor1d(labels, 'int32'), inputs: tensor1d([]) };
      return mean(softmaxCrossEntropy.reference(inference.outputs(x), targets).losses);
    });
    found.push((await loss.data())[0] as number);
    loss.dispose();
    inference.dispose();
    return found;
  } finally {
    step.dispose();
    architecture.dispose();
    disposeParameters(parameters);
  }
}

function pictures(random: Random): ExampleSet {
  const [height, width, channels] = [8, 8, 3] as const;
  const pixels = Uint8Array.from({ length: PICTURES * height * width * channels }, () => random.integer(256));
  const labels = Uint8Array.from({ length: PICTURES }, (_, picture) => picture % CLASSES);
  return {
    examples: { count: PICTURES, values: pixels, labels },
    shape: [height, width, channels],
    normalization: { mean: [0.4, 0.5, 0.6], deviation: [0.3, 0.28, 0.32] },
  };
}

const [BATCH, CLASSES, PICTURES] = [4, 5, 16];

/** A network with the kernels of the ResNet-8 supernet, for small pictures; its channels suffice for four and for sixteen threads that share them. */
const probe: Network = {
  input: [8, 8, 3],
  layers: [
    ...inRow(INPUT, [
      ['stem', conv(16, 3)],
      ['stemNorm', norm],
      ['stemRelu', relu],
    ]),
    {
      id: 'mixed',
      inputs: ['stemRelu'],
      op: 'mixedOp',
      candidates: [
        { name: 'conv3x3', layers: [conv(16, 3), norm, relu] },
        { name: 'conv5x5', layers: [conv(16, 5), norm, relu] },
        { name: 'separable', layers: [depthwise(3), norm, relu, conv(16, 1), norm, relu] },
        { name: 'identity', layers: [{ op: 'identity' }] },
      ],
    },
    ...inRow('mixed', [
      ['down', conv(64, 3, 2)],
      ['downNorm', norm],
    ]),
    ...inRow('mixed', [['skip', conv(64, 1, 2)]]),
    { id: 'sum', inputs: ['downNorm', 'skip'], op: 'add' },
    ...inRow('sum', [
      ['sumRelu', relu],
      ['pool', { op: 'globalAvgPool' }],
      ['logits', { op: 'dense', units: CLASSES, bias: true }],
    ]),
  ],
};
