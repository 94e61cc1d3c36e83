/**
 * A check that a device computes the fused step right: some graphics drivers compile a kernel into nonsense without a word. A
 * small supernet with every kind of kernel trains for three steps; what its losses ought to be was worked out on the CPU.
 */
import type { Attributes } from '../../core/ops/index';
import type { Padding } from '../../core/ops/window';
import { costTable } from '../../core/cost/costTable';
import { gap8 } from '../../core/cost/devices/gap8';
import { metricFor } from '../../core/cost/metrics';
import type { Layer, Network } from '../../core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { createRandom } from '../../core/random';
import { plainSoftmax, SuperNet } from '../../core/search/supernet';
import type { StepFactory } from '../../core/search/trainingStep';
import { webgpuBackend } from './webgpuDevice';
import { createWebgpuStep } from './webgpuStep';

/** Of three steps by the reference on the CPU backend; a test holds them to it. */
export const expectedLosses: readonly number[] = [1.664621, 1.257978, 0.974139];

/** Largest accepted difference, as a share: rounding stays some hundred times below it. */
const TOLERANCE = 1e-3;

/** By device: one check is enough. */
const checked = new WeakMap<GPUDevice, Promise<boolean>>();

/** Whether the active backend, which must be webgpu, computes the fused step right. */
export function deviceComputesRight(): Promise<boolean> {
  const { device } = webgpuBackend();
  const known = checked.get(device) ?? losses(createWebgpuStep).then(agree);
  checked.set(device, known);
  return known;
}

// Written so that NaN fails.
const agree = (found: readonly number[]) => expectedLosses.every((loss, step) => Math.abs((found[step] as number) / loss - 1) <= TOLERANCE);

/** Losses of three steps by any training step. */
export async function losses(createStep: StepFactory): Promise<number[]> {
  const plan = planNetwork(probe);
  const random = createRandom(1, 'device check');
  const parameters = createParameters(plan, initialWeights(plan, random));
  const architecture = new SuperNet(plan, costTable(plan, [metricFor('params', gap8)]), { ...plainSoftmax, random });
  const step = await createStep({
    plan,
    parameters,
    architecture,
    batchSize: BATCH,
    optimizer: 'adam',
    weightDecay: 1e-3,
    excess: 'above',
    bilevel: false,
    sets: [],
    randomSeed: () => 0,
  });
  try {
    const size = probe.input.reduce((product, extent) => product * extent, 1);
    const x = Float32Array.from({ length: BATCH * size }, () => random.normal());
    const labels = Int32Array.from({ length: BATCH }, (_, example) => example % CLASSES);
    const found: number[] = [];
    for (let index = 0; index < 3; index++) {
      const controls = { weightRate: 1e-2, archRate: 1e-1, penalties: [{ strength: 1e-4, target: 100 }] };
      const { metrics } = step.run({ x, labels }, controls);
      found.push((await metrics.data())[0] as number);
      metrics.dispose();
    }
    return found;
  } finally {
    step.dispose();
    architecture.dispose();
    disposeParameters(parameters);
  }
}

const [BATCH, CLASSES] = [4, 5];
const norm: Attributes = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };
const relu: Attributes = { op: 'relu' };
const around = (reach: number): Padding => [
  [reach, reach],
  [reach, reach],
];
const conv = (filters: number, side: number, stride: number): Attributes => ({
  op: 'conv2d',
  filters,
  kernel: [side, side],
  stride: [stride, stride],
  padding: around((side - 1) / 2),
  bias: false,
});
const depthwise: Attributes = { op: 'depthwiseConv2d', kernel: [3, 3], stride: [1, 1], padding: around(1), bias: false };

/** The kernels of the ResNet-8 supernet, on small pictures. */
const probe: Network = {
  input: [8, 8, 3],
  layers: [
    { id: 'stem', inputs: ['input'], ...conv(8, 3, 1) },
    { id: 'stemNorm', inputs: ['stem'], ...norm },
    { id: 'stemRelu', inputs: ['stemNorm'], ...relu },
    {
      id: 'mixed',
      inputs: ['stemRelu'],
      op: 'mixedOp',
      candidates: [
        { name: 'conv3x3', layers: [conv(8, 3, 1), norm, relu] },
        { name: 'conv5x5', layers: [conv(8, 5, 1), norm, relu] },
        { name: 'separable', layers: [depthwise, norm, relu, conv(8, 1, 1), norm, relu] },
        { name: 'identity', layers: [{ op: 'identity' }] },
      ],
    },
    { id: 'down', inputs: ['mixed'], ...conv(12, 3, 2) },
    { id: 'downNorm', inputs: ['down'], ...norm },
    { id: 'skip', inputs: ['mixed'], ...conv(12, 1, 2) },
    { id: 'sum', inputs: ['downNorm', 'skip'], op: 'add' },
    { id: 'sumRelu', inputs: ['sum'], ...relu },
    { id: 'pool', inputs: ['sumRelu'], op: 'globalAvgPool' },
    { id: 'logits', inputs: ['pool'], op: 'dense', units: CLASSES, bias: true },
  ] as Layer[],
};
