/** Time of training steps under Node, per backend: the paper's ResNet-8 supernet, and its seed network. */
import { memory } from '@tensorflow/tfjs-core';
import { heapBytes, startBackend, type BackendName } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { createParameters, disposeParameters, initialWeights } from '../src/core/network/parameters';
import { createRandom } from '../src/core/random';
import { searchSpace } from '../src/core/search/space';
import { SuperNet } from '../src/core/search/supernet';
import { createReferenceStep } from '../src/training/referenceStep';
import type { Figure } from './bench';

const BATCH = 32;
/** The plain JavaScript backend takes minutes for a step of this size. */
const BACKENDS: readonly BackendName[] = ['wasm'];
const WARMUP = 3;
const COUNTED = 12;

export async function benchmarkSteps(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const backend of BACKENDS) {
    await startBackend(backend, nodeBackends);
    for (const network of ['supernet', 'seed'] as const) {
      const { times, tensors, heap } = await timeSteps(network);
      const sorted = times.toSorted((a, b) => a - b);
      const name = `${backend}, ResNet-8 ${network === 'supernet' ? 'supernet, search step' : 'seed, training step'}, batch ${BATCH}`;
      figures.push({ what: `${name}: median`, value: sorted[Math.floor(COUNTED / 2)] as number, unit: 'ms' });
      figures.push({ what: `${name}: fastest`, value: sorted[0] as number, unit: 'ms' });
      figures.push({ what: `${name}: slowest`, value: sorted.at(-1) as number, unit: 'ms' });
      figures.push({ what: `${name}: tensors added from step to step`, value: tensors, unit: '' });
      figures.push({ what: `${name}: heap`, value: heap / 1e6, unit: 'MB' });
    }
  }
  return figures;
}

async function timeSteps(network: 'supernet' | 'seed'): Promise<{ times: number[]; tensors: number; heap: number }> {
  const space = searchSpace({ task: 'ic', device: 'gap8' }, 10, ['flashBytes', 'latencyMs']);
  const plan = space[network];
  const random = createRandom(1, 'benchmark');
  const parameters = createParameters(plan, initialWeights(plan, random));
  const supernet = network === 'supernet' ? new SuperNet(plan, space.table) : null;
  const step = await createReferenceStep({
    plan,
    parameters,
    supernet,
    batchSize: BATCH,
    optimizer: 'adam',
    weightDecay: 1e-4,
    randomSeed: () => 0,
  });
  const penalties = supernet
    ? [
        { strength: 1e-5, target: 40_000 },
        { strength: 0.1, target: 6 },
      ]
    : [];
  const batch = {
    x: Float32Array.from({ length: BATCH * 32 * 32 * 3 }, () => random.normal()),
    labels: Int32Array.from({ length: BATCH }, () => random.integer(10)),
  };
  const times: number[] = [];
  let tensors = 0;
  for (let index = 0; index < WARMUP + COUNTED; index++) {
    const before = memory().numTensors;
    const started = performance.now();
    const { metrics } = step.run(batch, { weightRate: 1e-3, archRate: supernet ? 1e-2 : 0, penalties });
    await metrics.data();
    metrics.dispose();
    if (index >= WARMUP) {
      times.push(performance.now() - started);
      tensors = Math.max(tensors, memory().numTensors - before);
    }
  }
  const heap = heapBytes();
  step.dispose();
  supernet?.dispose();
  disposeParameters(parameters);
  return { times, tensors, heap };
}
