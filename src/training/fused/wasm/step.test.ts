/** What only the fused step on WebAssembly must do: threads, a memory of its own, engines without vectors. */
import { ones, tensor, tensor1d, tidy, type Variable } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { autoencoders, chain, droppedOut, networks } from '../../../../tests/support/networks';
import { conv, depthwise, relu } from '../../../core/network/builders';
import { searches } from '../../../../tests/support/searches';
import { normals } from '../../../../tests/support/numbers';
import { difference, readAll, train, type SearchedSpace, type TrainOptions } from '../../../../tests/support/training';
import { heapBytes } from '../../../backends/backend';
import { nodeKernels } from '../../../backends/nodeKernels';
import { forward } from '../../../core/network/forward';
import { createParameters, initialWeights } from '../../../core/network/parameters';
import type { Network } from '../../../core/network/network';
import { planNetwork } from '../../../core/network/plan';
import { resnet8Seed, resnet8Supernet } from '../../../core/network/resnet8';
import { Pit } from '../../../core/search/architectures/pit';
import { SinglePaths } from '../../../core/search/architectures/singlePaths';
import { createRandom } from '../../../core/random';
import type { KernelHost } from '../../../kernels/host';
import { NotCovered } from '../program';
import { createWasmStep } from './step';

const host = (threads: number, vectors: 'simd' | 'relaxed'): KernelHost => ({ ...nodeKernels, threads, vectors });
describe('on however many threads, the fused step gives the same numbers bit for bit', () => {
  const channels = ({ plan, metrics }: SearchedSpace) => new Pit(plan, metrics, { start: 1, end: 1 });
  const paths = ({ plan, random }: SearchedSpace) => new SinglePaths(plan, random);
  const cases: readonly (readonly [string, Network, TrainOptions])[] = [
    ['training ResNet-8', resnet8Seed(5), { batchSize: 13 }],
    ['training it with momentum', resnet8Seed(5), { batchSize: 13, optimizer: 'momentum' }],
    ['searching its candidates', resnet8Supernet(5), { batchSize: 9 }],
    ['training one path at a time', resnet8Supernet(5), { batchSize: 9, steps: 5, search: paths, rates: () => ({ archRate: 0 }) }],
    ['searching its channels', resnet8Seed(5), { batchSize: 11, search: channels }],
    ...[3, 33].flatMap((batchSize) =>
      networks.slice(-2).map(([description, network]) => [`${batchSize} pictures, ${description}`, network, { batchSize }] as const),
    ),
    ...droppedOut.map(([description, network]) => [`with dropout ${description}`, network, { batchSize: 9, steps: 3 }] as const),
    ...autoencoders.map(([description, network]) => [`giving back ${description}`, network, { loss: 'meanSquaredError' }] as const),
    ...searches,
  ];

  it.each(cases)('%s', async (_description, network, options) => {
    await useBackend('wasm');
    const on = (threads: number) =>
      train(network, (step) => createWasmStep(step, host(threads, 'relaxed')), { optimizer: 'adam', ...options });
    const one = await on(1);
    for (const threads of [2, 3, 8]) {
      const several = await on(threads);
      expect(several.metrics, `metrics on ${threads} threads`).toEqual(one.metrics);
      for (const kind of ['gradients', 'values'] as const)
        for (const [name, value] of one[kind]) {
          const same = Buffer.from(value.buffer).equals(Buffer.from((several[kind].get(name) as Float32Array).buffer));
          expect(same, `${kind} of ${name} on ${threads} threads`).toBe(true);
        }
    }
  });
});

describe('the fused step on WebAssembly', () => {
  it('is not disturbed when tfjs’s own memory grows between its steps', async () => {
    await useBackend('wasm');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const undisturbed = await train(network, (options) => createWasmStep(options, host(1, 'simd')));
    const before = heapBytes();
    const disturbed = await train(network, async (options) => {
      const step = await createWasmStep(options, host(1, 'simd'));
      return {
        ...step,
        run(...args) {
          tidy(() => void ones([64, 1024, 1024]));
          return step.run(...args);
        },
      };
    });
    expect(heapBytes()).toBeGreaterThan(before);
    expect(disturbed).toEqual(undisturbed);
  });

  it('does not cover an engine whose WebAssembly has no vectors', async () => {
    await useBackend('wasm');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const scalar = { ...nodeKernels, vectors: null };
    await expect(train(network, (options) => createWasmStep(options, scalar))).rejects.toThrow(NotCovered);
  });

  it('never takes a broken kernel file for an engine without vectors', async () => {
    await useBackend('wasm');
    const [, network] = networks.at(-1) as (typeof networks)[number];
    const broken = { ...nodeKernels, readBuild: async () => new TextEncoder().encode('<!doctype html>') };
    const error: unknown = await train(network, (options) => createWasmStep(options, broken)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WebAssembly.CompileError);
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
        loss: 'softmaxCrossEntropy',
        batchSize: 4,
        optimizer: 'sgd',
        archOptimizer: 'sgd',
        weightDecay: 0,
        sets: [],
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
});
