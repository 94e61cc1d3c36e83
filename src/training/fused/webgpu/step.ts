/**
 * The fused training step on WebGPU. Making the step lowers, compiles and binds all its kernels; each run writes the batch and a
 * few controls, replays the kernels, and submits once. Weights lie in a buffer of the step's own; tfjs's variables are updated only
 * before somebody reads them.
 */
import { sayLater } from '../../../core/language/told';
import { slice, tensor, tidy, type Tensor, type Tensor1D, type Variable } from '@tensorflow/tfjs-core';
import { candidateCount, noFactors } from '../../../core/search/training/architecture';
import { read } from '../../../core/search/training/readout';
import {
  metricNames,
  reportSize,
  type StepControls,
  type StepOptions,
  type TrainingStep,
} from '../../../core/search/training/trainingStep';
import type { Batch } from '../../../core/data/batches';
import { architectureRows, control } from '../../../kernels/architecture/webgpu';
import { lossFor } from '../../../kernels/losses/index';
import { startingTiles, type Tiles } from '../../../kernels/tiles';
import { plainLayout, unpad, type PaddedLayout } from './paddedLayout';
import { compileProgram } from '../program';
import { NoRoom, tooLarge } from '../room';
import { StepCount } from '../stepCount';
import { TensorPool } from './tensorPool';
import { DeviceRoom } from './deviceRoom';
import { DeviceWatch, openEncoder, submitRecorded, webgpuBackend } from './device';
import { architectureSize, setArchitectureControls } from './architecture';
import { momentsOnDevice } from './moments';
import { tilesOn } from './tiles';
import { BatchFeed, fittingSets } from './batches';
import { lowerForWebgpu } from './lowering';
import { bufferOf, writeParameters } from './parameters';
import { prepareReplay } from './replay';

/** Settings to use instead of those that the device reports or that timing finds. */
interface DeviceChoices {
  /** Storage buffers that a kernel may use, 8 or more. */
  readonly storageBuffers?: number;
  readonly tiles?: Tiles;
  /** Bytes of one buffer. */
  readonly largestBuffer?: number;
}

/**
 * @throws NotCovered when the network has an operation without a fused form
 * @throws WorkbenchError when the device refuses a kernel, or is lost; `invalid-setting` when it has no room for the batch, with one
 *   that fits
 */
export async function createWebgpuStep(options: StepOptions, given: DeviceChoices = {}): Promise<TrainingStep> {
  const { plan, parameters, batchSize, optimizer, archOptimizer, architecture } = options;
  const backend = webgpuBackend();
  const { device } = backend;
  const { storageBuffers = device.limits.maxStorageBuffersPerShaderStage } = given;
  const factors = architecture?.factors ?? noFactors;
  const program = compileProgram(plan, factors.masked);
  const loss = lossFor(options.loss);
  const sets = fittingSets(options.sets, device.limits);
  const candidates = candidateCount(factors);
  const recordFor = (batchSize: number, tiles: Tiles) =>
    lowerForWebgpu({ plan, program, batchSize, sets, architecture, candidates, optimizer, archOptimizer, loss, storageBuffers, tiles });
  const roomFor = (size: number) => new DeviceRoom(device, recordFor(size, given.tiles ?? startingTiles).buffers, given.largestBuffer);
  const tellRoom = async (error: unknown): Promise<never> => {
    throw error instanceof NoRoom ? await tooLarge(batchSize, roomFor, 'device') : error;
  };
  const record = (tiles: Tiles) => recordFor(batchSize, tiles);
  const recording = record(given.tiles ?? (await tilesOn(backend, record).catch(tellRoom)));
  const alphaValues = await Promise.all([...(architecture?.alphas.values() ?? [])].map((alpha) => alpha.data()));
  const watch = new DeviceWatch(device);
  const replay = await prepareReplay(backend, recording, options.onPrepared, given.largestBuffer).catch((error: unknown) => {
    watch.end();
    return tellRoom(watch.failure ?? error);
  });
  const buffer = (index: number) => replay.buffers[index] as GPUBuffer;
  const layoutOf = (name: string) => recording.layouts.get(name) as PaddedLayout;
  const placeOf = (name: string) => recording.places.get(name) as number;

  await writeParameters(device.queue, recording, replay.buffers, parameters);
  let from = 0;
  for (const numbers of alphaValues) {
    device.queue.writeBuffer(buffer(recording.architecture as number), from * 4, numbers as Float32Array<ArrayBuffer>);
    from += numbers.length;
  }

  const metricsPool = new TensorPool(backend, reportSize(loss.counts, architecture));
  const alphas = [...(architecture?.alphas ?? [])];
  const alphaPools = alphas.map(([, alpha]) => new TensorPool(backend, alpha.size));
  const controls = new Float32Array(recording.buffers[recording.controls]?.words as number);
  const weightSteps = new StepCount(optimizer, options.weightDecay, controls.subarray(control.weights, control.weights + 3));
  const archSteps = new StepCount(archOptimizer, 0, new Float32Array(3));
  const feed = new BatchFeed(device.queue, recording, replay.buffers, sets, plan.network.input, batchSize);
  let behind = false;

  /** All numbers of a buffer as one tensor, without a copy. */
  const whole = (index: number): Tensor => {
    const { words } = recording.buffers[index] as { words: number };
    return tensor({ buffer: buffer(index), zeroCopy: true }, [words], 'float32');
  };

  /** The parameters' positions in a row of the architecture's buffer. */
  const architectureRow = (row: number, visit: (id: string, alpha: Variable, at: number, pool: number) => void) => {
    let at = architecture ? row * architectureSize(architecture) : 0;
    alphas.forEach(([id, alpha], index) => {
      visit(id, alpha, at, index);
      at += alpha.size;
    });
  };

  /** Gradients of everything that a step moves. */
  const gradients = ({ weightRate, archRate }: StepControls): Map<string, Tensor> => {
    const all = new Map<string, Tensor>();
    if (weightRate > 0) {
      const flat = whole(recording.gradients);
      for (const [name, { trainable }] of parameters) if (trainable) all.set(name, unpad(flat, placeOf(name), layoutOf(name)));
    }
    if (recording.architecture !== null && archRate > 0) {
      const flat = whole(recording.architecture);
      architectureRow(architectureRows.gradients, (id, { shape, size }, at) => all.set(id, unpad(flat, at, plainLayout(shape, size))));
    }
    return all;
  };

  const setControls = (stepControls: StepControls) => {
    const { weightRate, archRate } = stepControls;
    if (weightRate > 0) weightSteps.next(weightRate);
    const moves = architecture !== null && archRate > 0;
    if (moves) controls.set(archSteps.next(archRate).subarray(0, 2), control.architecture);
    controls[control.moves] = Number(moves);
    if (architecture) setArchitectureControls(controls, architecture, stepControls);
    return moves;
  };

  const memory = momentsOnDevice({
    recording,
    parameters,
    architecture,
    archOptimizer,
    steps: { weights: weightSteps, architecture: archSteps },
    // A copy, since tfjs cannot read a buffer that is not its own.
    read: (index) => read(tidy(() => slice(whole(index), [0], [(recording.buffers[index] as { words: number }).words]))),
    write: (index, at, numbers) => device.queue.writeBuffer(buffer(index), at * 4, numbers as Float32Array<ArrayBuffer>),
  });

  return {
    implementation:
      sets.length < options.sets.length
        ? sayLater('fused on the graphics device, which has no room for all pictures at once')
        : sayLater('fused on the graphics device'),
    metricNames: metricNames(loss.counts, architecture),
    run(batch: Batch, stepControls: StepControls, observe) {
      watch.assertWorking();
      const moves = setControls(stepControls);
      const gather = feed.send(batch);
      device.queue.writeBuffer(buffer(recording.controls), 0, controls);
      if (recording.seed !== null) device.queue.writeBuffer(buffer(recording.seed), 0, Int32Array.of(options.randomSeed()));
      // Using tfjs's own encoder keeps the order: commands that tfjs has already recorded run first.
      const encoder = openEncoder(backend);
      replay.encode(encoder, stepControls.weightRate > 0 ? recording.dispatches.length : recording.beforeUpdate, gather);
      behind = true;
      const metrics = metricsPool.copyOf(buffer(recording.metrics), 0, encoder) as Tensor1D;
      if (moves)
        architectureRow(architectureRows.parameters, (_, alpha, at, pool) =>
          tidy(() => alpha.assign((alphaPools[pool] as TensorPool).copyOf(buffer(recording.architecture as number), at, encoder))),
        );
      backend.submitQueue();
      if (observe) tidy(() => observe(gradients(stepControls)));
      return { metrics };
    },
    settle() {
      if (!behind) return;
      behind = false;
      for (const [name, variable] of parameters)
        tidy(() => variable.assign(unpad(whole(bufferOf(variable, recording)), placeOf(name), layoutOf(name))));
    },
    memory,
    failure: () => watch.failure,
    dispose() {
      watch.end();
      // Commands that tfjs has recorded may still read these buffers, so they are submitted first.
      submitRecorded(backend);
      for (const pool of [metricsPool, ...alphaPools]) pool.dispose();
      replay.dispose();
    },
  };
}
