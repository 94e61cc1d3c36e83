/** Runs a network on WebGPU: the forward half of the fused step, with the same kernels, over buffers of its own. */
import { keep, slice, tensor, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { FollowingInference, Model } from '../../../core/search/training/engine';
import { candidateCount, noFactors } from '../../../core/search/training/architecture';
import { padded } from './paddedLayout';
import { compileProgram } from '../program';
import { widener } from './batches';
import { DeviceWatch, openEncoder, submitRecorded, webgpuBackend } from './device';
import { lowerInferenceForWebgpu } from './lowering';
import type { InferenceRecording } from './recording';
import { writeParameters } from './parameters';
import { prepareReplay } from './replay';
import { knownTiles } from './tiles';
import { numbersIn } from '../../../core/ops/shape';

/**
 * @throws NotCovered when the network has an operation without a fused form
 * @throws WorkbenchError when the device refuses a kernel
 */
export async function createWebgpuInference(model: Model, batchSize: number): Promise<FollowingInference> {
  const { plan, parameters, architecture } = model;
  const backend = webgpuBackend();
  const { device } = backend;
  const factors = architecture?.factors ?? noFactors;
  const recording = lowerInferenceForWebgpu({
    plan,
    program: compileProgram(plan, factors.masked),
    batchSize,
    candidates: candidateCount(factors),
    storageBuffers: device.limits.maxStorageBuffersPerShaderStage,
    tiles: await knownTiles(backend),
  });
  const watch = new DeviceWatch(device);
  const replay = await prepareReplay(backend, recording).catch((error: unknown) => {
    watch.end();
    throw watch.failure ?? error;
  });
  const buffer = (index: number) => replay.buffers[index] as GPUBuffer;
  const refresh = async () => {
    await writeParameters(device.queue, recording, replay.buffers, parameters);
    for (const [at, numbers] of await factorsOf(model, recording)) device.queue.writeBuffer(buffer(recording.weights), at * 4, numbers);
  };
  await refresh();

  const widen = widener(plan.network.input, batchSize);
  const classes = numbersIn(plan.outputShape);
  return {
    outputs(x) {
      device.queue.writeBuffer(buffer(recording.input), 0, widen(x));
      replay.encode(openEncoder(backend), recording.dispatches.length, null);
      const all = tensor({ buffer: buffer(recording.output), zeroCopy: true }, [batchSize, padded(classes)], 'float32') as Tensor2D;
      const outputs = slice(all, [0, 0], [batchSize, classes]);
      // Submit now, before the next batch overwrites this one in the input buffer.
      submitRecorded(backend);
      return outputs;
    },
    refresh,
    failure: () => watch.failure,
    dispose() {
      watch.end();
      submitRecorded(backend);
      replay.dispose();
    },
  };
}

/** Weights of candidates and masks of channels under the current architecture parameters, each with its position in numbers. */
async function factorsOf(
  { architecture }: Model,
  { masks }: InferenceRecording,
): Promise<(readonly [number, Float32Array<ArrayBuffer>])[]> {
  if (!architecture) return [];
  const factors: [number, Tensor1D][] = [];
  tidy(() => {
    const { mixing, mask } = architecture.pass('evaluation').forward;
    let at = 0;
    for (const { mixedOp, count } of architecture.factors.candidates) {
      factors.push([at, keep(mixing(mixedOp))]);
      at += count;
    }
    for (const [path, place] of masks) factors.push([place.at, keep(mask?.(path) as Tensor1D)]);
  });
  const values = await Promise.all(factors.map(([, factor]) => factor.data()));
  for (const [, factor] of factors) factor.dispose();
  // Hard factors arrive as booleans or integers, so they are converted.
  return factors.map(([at], index) => [at, Float32Array.from(values[index] as ArrayLike<number>)]);
}
