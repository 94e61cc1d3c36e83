import { setFlagsFromString } from 'node:v8';
import { keep, tensor, tensor1d, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { normals } from '../../../tests/support/numbers';
import { nodeKernels } from '../../backends/nodeKernels';
import { costTable } from '../../core/cost/costTable';
import { gap8 } from '../../core/cost/devices/gap8';
import { metricFor } from '../../core/cost/metrics';
import type { Attributes } from '../../core/ops/index';
import type { Padding, Pair } from '../../core/ops/window';
import type { Layer, Network } from '../../core/network/network';
import { forward } from '../../core/network/forward';
import { createParameters, disposeParameters, initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { createRandom } from '../../core/random';
import { plainSoftmax, SuperNet } from '../../core/search/supernet';
import type { StepControls, StepFactory } from '../../core/search/trainingStep';
import type { KernelHost } from '../../kernels/host';
import { createReferenceStep } from '../referenceStep';
import { NotCovered } from './program';
import { createWasmStep } from './wasmStep';

// Node 20 has relaxed SIMD behind a flag; Node 22 and browsers have it on.
setFlagsFromString('--experimental-wasm-relaxed-simd');

const host = (threads: number, vectors: 'simd' | 'relaxed'): KernelHost => ({
  ...nodeKernels,
  threads,
  // What does not validate is passed over.
  readBuild: async (build) => (build.vectors === 'relaxed' && vectors === 'simd' ? new Uint8Array(1) : nodeKernels.readBuild(build)),
});
const hosts: readonly (readonly [string, KernelHost])[] = [
  ['plain SIMD, one thread', host(1, 'simd')],
  ['plain SIMD, two threads', host(2, 'simd')],
  ['relaxed SIMD, one thread', host(1, 'relaxed')],
  ['relaxed SIMD, three threads', host(3, 'relaxed')],
];

const batchNorm: Attributes = { op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };
const relu: Attributes = { op: 'relu' };
const conv = (filters: number, kernel: Pair, stride: Pair, padding: Padding, bias = false): Attributes => ({
  op: 'conv2d',
  filters,
  kernel,
  stride,
  padding,
  bias,
});
const depthwise = (kernel: Pair, stride: Pair, padding: Padding, bias = false): Attributes => ({
  op: 'depthwiseConv2d',
  kernel,
  stride,
  padding,
  bias,
});

/** A network that is one chain of layers, ending in logits. */
function chain(input: readonly number[], layers: readonly Attributes[]): Network {
  const all: Attributes[] = [...layers, { op: 'globalAvgPool' }, { op: 'dense', units: 5, bias: true }];
  return {
    input: [...input],
    layers: all.map(
      (attributes, index) => ({ ...attributes, id: `l${index}`, inputs: [index === 0 ? 'input' : `l${index - 1}`] }) as Layer,
    ),
  };
}

/** Kernel, stride, padding and channels of two convolutions with a depthwise one between them. */
const windows: readonly (readonly [Pair, Pair, Padding, readonly [number, number], readonly [number, number]])[] = [
  [[3, 3], [1, 1], 'same', [8, 8], [16, 8]],
  [
    [3, 3],
    [2, 2],
    [
      [1, 1],
      [1, 1],
    ],
    [9, 7],
    [5, 7],
  ],
  [[3, 3], [2, 2], 'same', [8, 8], [12, 9]],
  [[3, 3], [2, 2], 'valid', [13, 13], [4, 3]],
  [
    [5, 5],
    [1, 1],
    [
      [2, 2],
      [2, 2],
    ],
    [8, 8],
    [8, 16],
  ],
  [
    [5, 5],
    [2, 2],
    [
      [2, 2],
      [2, 2],
    ],
    [12, 12],
    [3, 10],
  ],
  [[1, 1], [1, 1], 'valid', [5, 6], [6, 2]],
  [[1, 1], [2, 2], 'valid', [8, 7], [20, 11]],
  [
    [4, 2],
    [2, 2],
    [
      [1, 2],
      [0, 1],
    ],
    [16, 10],
    [7, 13],
  ],
  [[2, 2], [3, 3], 'valid', [12, 11], [8, 8]],
  [[1, 3], [1, 1], 'same', [1, 16], [9, 17]],
];

const networks: readonly (readonly [string, Network])[] = [
  ...windows.map(
    ([kernel, stride, padding, size, [first, second]]) =>
      [
        `kernel ${kernel.join('x')}, stride ${stride.join('x')}, padding ${JSON.stringify(padding)}, ${first} and ${second} channels`,
        chain(
          [...size, 3],
          [
            conv(first, [3, 3], [1, 1], 'same'),
            batchNorm,
            relu,
            depthwise(kernel, stride, padding, true),
            relu,
            conv(second, [3, 3], [1, 1], 'same'),
            relu,
            conv(second, [1, 1], [1, 1], 'same'),
            batchNorm,
          ],
        ),
      ] as const,
  ),
  ...windows.map(
    ([kernel, stride, padding, size, [first, second]]) =>
      [
        `convolution ${kernel.join('x')}, stride ${stride.join('x')}, padding ${JSON.stringify(padding)}, ${first} to ${second} channels`,
        chain([...size, 4], [conv(first, [1, 1], [1, 1], 'same'), batchNorm, conv(second, kernel, stride, padding, true), relu]),
      ] as const,
  ),
  [
    'values that several layers read, adds without batch norm, a flattened picture',
    {
      input: [6, 6, 3],
      layers: [
        { id: 'a', ...conv(6, [3, 3], [1, 1], 'same', true), inputs: ['input'] },
        { id: 'b', ...relu, inputs: ['a'] },
        { id: 'c', ...conv(6, [1, 1], [1, 1], 'same'), inputs: ['b'] },
        { id: 'd', op: 'add', inputs: ['b', 'c', 'a'] },
        { id: 'e', ...batchNorm, inputs: ['d'] },
        { id: 'f', op: 'add', inputs: ['e', 'd'] },
        { id: 'g', ...relu, inputs: ['f'] },
        { id: 'h', op: 'flatten', inputs: ['g'] },
        { id: 'i', op: 'dense', units: 9, bias: false, inputs: ['h'] },
        { id: 'j', ...batchNorm, inputs: ['i'] },
        { id: 'k', ...relu, inputs: ['j'] },
        { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['k'] },
      ] as Layer[],
    },
  ],
  [
    'mixed operations: with and without batch norm and ReLU, an identity, a join',
    {
      input: [8, 8, 4],
      layers: [
        {
          id: 'm',
          op: 'mixedOp',
          inputs: ['input'],
          candidates: [
            { name: 'bnRelu', layers: [conv(4, [3, 3], [1, 1], 'same'), batchNorm, relu] },
            { name: 'plain', layers: [conv(4, [1, 1], [1, 1], 'same', true)] },
            { name: 'separable', layers: [depthwise([3, 3], [1, 1], 'same'), batchNorm, relu, conv(4, [1, 1], [1, 1], 'same'), batchNorm] },
            { name: 'identity', layers: [{ op: 'identity' }] },
          ],
        },
        {
          id: 'n',
          op: 'mixedOp',
          inputs: ['m'],
          candidates: [
            { name: 'relu', layers: [relu] },
            { name: 'bn', layers: [batchNorm] },
          ],
        },
        { id: 'j', op: 'add', inputs: ['n', 'm'] },
        { id: 'r', ...relu, inputs: ['j'] },
        { id: 'p', op: 'avgPool', kernel: [8, 8], stride: [8, 8], padding: 'valid', inputs: ['r'] } as Layer,
        { id: 'f', op: 'flatten', inputs: ['p'] },
        { id: 'l', op: 'dense', units: 5, bias: true, inputs: ['f'] },
      ] as Layer[],
    },
  ],
];

interface Outcome {
  readonly metrics: readonly number[][];
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly values: ReadonlyMap<string, Float32Array>;
}

/** Some steps of training from the same start on the same pictures. */
async function train(network: Network, factory: StepFactory, steps = 2, batchSize = 5): Promise<Outcome> {
  const plan = planNetwork(network);
  const random = createRandom(3, 'fused');
  const parameters = createParameters(plan, initialWeights(plan, random));
  for (const [name, variable] of parameters)
    if (/(gamma|beta|bias)$/.test(name))
      tidy(() =>
        variable.assign(
          tensor(
            Float32Array.from({ length: variable.size }, () => 0.5 + 0.3 * random.normal()),
            variable.shape,
          ),
        ),
      );
  const mixed = network.layers.some(({ op }) => op === 'mixedOp');
  const metrics = [metricFor('params', gap8), metricFor('macs', gap8)];
  const table = costTable(plan, metrics);
  const start = { m: [0.3, -0.2, 0.5, 0.1], n: [0.2, -0.4] };
  const supernet = mixed ? new SuperNet(plan, table, { ...plainSoftmax, random }, undefined, start) : null;
  const step = await factory({
    plan,
    parameters,
    architecture: supernet,
    batchSize,
    optimizer: 'sgd',
    weightDecay: 1e-2,
    excess: 'above',
    bilevel: false,
    randomSeed: () => 0,
  });
  const controls: StepControls = {
    weightRate: 1e-2,
    archRate: 1e-2,
    penalties: supernet
      ? [
          { strength: 1e-3, target: 100 },
          { strength: 1e-5, target: 1e9 },
        ]
      : [],
  };
  const size = network.input.reduce((product, extent) => product * extent, 1);
  const rows: number[][] = [];
  let gradients = new Map<string, Float32Array>();
  for (let index = 0; index < steps; index++) {
    const batch = { x: normals(batchSize * size, 10 + index), labels: Int32Array.from({ length: batchSize }, (_, n) => (n + index) % 5) };
    const copies: (readonly [string, Tensor])[] = [];
    const { metrics: packed } = step.run(batch, controls, (all) =>
      copies.push(...[...all].map(([name, value]) => [name, keep(value.clone())] as const)),
    );
    if (index === 0) gradients = await readAll(copies);
    for (const [, copy] of copies) copy.dispose();
    rows.push([...(await packed.data())]);
    packed.dispose();
  }
  step.settle();
  const values = await readAll([...parameters, ...(supernet?.alphas ?? [])]);
  step.dispose();
  supernet?.dispose();
  disposeParameters(parameters);
  return { metrics: rows, gradients, values };
}

async function readAll(tensors: readonly (readonly [string, Tensor])[]): Promise<Map<string, Float32Array>> {
  return new Map(await Promise.all(tensors.map(async ([name, value]) => [name, (await value.data()) as Float32Array] as const)));
}

/** Largest difference, relative to the largest number of the expected ones. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  return Array.from(expected).reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] as number)) / scale), 0);
}

function expectSame(actual: Outcome, expected: Outcome): void {
  expect([...actual.gradients.keys()].toSorted()).toEqual([...expected.gradients.keys()].toSorted());
  for (const [name, gradient] of expected.gradients)
    expect(difference(actual.gradients.get(name) as Float32Array, gradient), `gradient of ${name}`).toBeLessThan(2e-4);
  actual.metrics.forEach((row, index) =>
    expect(difference(row, expected.metrics[index] as number[]), `metrics of step ${index}`).toBeLessThan(2e-5),
  );
  for (const [name, value] of expected.values)
    if (/moving/.test(name)) expect(difference(actual.values.get(name) as Float32Array, value), name).toBeLessThan(1e-4);
}

describe.each(hosts)('the fused step with %s', (_name, kernels) => {
  it.each(networks)('equals the reference step: %s', async (_description, network) => {
    await useBackend('wasm');
    expectSame(await train(network, (options) => createWasmStep(options, kernels)), await train(network, createReferenceStep));
  });

  it('gives the same numbers every time', async () => {
    await useBackend('wasm');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const once = () => train(network, (options) => createWasmStep(options, kernels));
    expect(await once()).toEqual(await once());
  });
});

describe('the fused step', () => {
  it('trains the same on one thread and on several, but for rounding', async () => {
    await useBackend('wasm');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const one = await train(network, (options) => createWasmStep(options, host(1, 'simd')));
    const three = await train(network, (options) => createWasmStep(options, host(3, 'simd')));
    for (const [name, gradient] of one.gradients)
      expect(difference(three.gradients.get(name) as Float32Array, gradient), name).toBeLessThan(1e-4);
  });

  it('leaves weights that tfjs computes with afresh, whatever it had packed before', async () => {
    await useBackend('wasm');
    const network = chain([8, 8, 3], [conv(8, [3, 3], [1, 1], 'same'), relu, depthwise([3, 3], [1, 1], 'same'), relu]);
    const plan = planNetwork(network);
    const parameters = createParameters(plan, initialWeights(plan, createRandom(5, 'stale')));
    const x = normals(4 * 8 * 8 * 3, 6);
    const logits = async () => {
      const value = tidy(() =>
        forward(plan, tensor(x, [4, 8, 8, 3]), {
          batchNorm: 'running',
          training: false,
          parameter: (name) => parameters.get(name) as Variable,
          mixing: () => tensor1d([]),
        }),
      );
      return (await value.data()) as Float32Array;
    };
    const before = await logits();
    const step = await createWasmStep(
      {
        plan,
        parameters,
        architecture: null,
        batchSize: 4,
        optimizer: 'sgd',
        weightDecay: 0,
        excess: 'above',
        bilevel: false,
        randomSeed: () => 0,
      },
      host(2, 'simd'),
    );
    step.run({ x, labels: Int32Array.of(0, 1, 2, 3) }, { weightRate: 0.5, archRate: 0, penalties: [] }).metrics.dispose();
    step.settle();
    const after = await logits();
    expect(difference(after, before)).toBeGreaterThan(0.01);
    const values = Object.fromEntries([...parameters].map(([name, { shape }]) => [name, shape]));
    const read = await readAll([...parameters]);
    await useBackend('cpu');
    const copies = createParameters(
      plan,
      Object.fromEntries([...read].map(([name, data]) => [name, { shape: values[name] as number[], data }])),
    );
    const expected = forward(plan, tensor(x, [4, 8, 8, 3]), {
      batchNorm: 'running',
      training: false,
      parameter: (name) => copies.get(name) as Variable,
      mixing: () => tensor1d([]),
    });
    expect(difference(after, (await expected.data()) as Float32Array)).toBeLessThan(1e-5);
    step.dispose();
  });

  it('says what it does not cover', async () => {
    const dropout = chain([4, 4, 3], [conv(4, [1, 1], [1, 1], 'same'), { op: 'dropout', rate: 0.5 }]);
    await useBackend('wasm');
    await expect(train(dropout, (options) => createWasmStep(options, host(1, 'simd')))).rejects.toThrow(NotCovered);
  });
});
