/**
 * The fused training step on WebGPU: all kernels of a step are worked out, compiled and bound when the step is made; each run
 * writes the batch and a few controls, replays them, and submits once. Weights live in one buffer of the step's own; tfjs's
 * variables are brought up to date when somebody is to read them.
 */
import { concat, dispose, env, keep, reshape, slice, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { ArchitecturePass } from '../../core/search/architecture';
import { SuperNet } from '../../core/search/supernet';
import { metricNames, type Batch, type StepControls, type StepOptions, type TrainingStep } from '../../core/search/trainingStep';
import { architectureRows, control } from '../../kernels/architecture/webgpu';
import type { Tiles } from '../../kernels/tiles';
import { plainLayout, unpad, type PaddedLayout } from './paddedLayout';
import { compileProgram } from './program';
import { StepCount } from './stepCount';
import { TensorPool } from './tensorPool';
import { DeviceWatch, webgpuBackend } from './webgpuDevice';
import { autogradArchitecture } from './autogradArchitecture';
import { maskedPaths } from './maskedPaths';
import { plainSearch } from './plainSearch';
import { tilesOn } from './webgpuTiles';
import { BatchFeed, fittingSets } from './webgpuBatches';
import { webgpuFactors } from './webgpuFactors';
import { lowerForWebgpu } from './webgpuLowering';
import { bufferOf, writeParameters } from './webgpuParameters';
import { prepareReplay } from './webgpuReplay';

/** Where a device is not to be asked. */
export interface DeviceChoices {
  /** How many a kernel may take, 8 or more. */
  readonly storageBuffers?: number;
  readonly tiles?: Tiles;
}

/**
 * @throws NotCovered when the network has an operation without a fused form
 * @throws WorkbenchError when the device refuses a kernel, or is lost
 */
export async function createWebgpuStep(options: StepOptions, given: DeviceChoices = {}): Promise<TrainingStep> {
  const { plan, parameters, batchSize, optimizer, architecture } = options;
  // A plain SuperNet's part runs on the device too; any other search's is tfjs's.
  const supernet = plainSearch(options);
  const backend = webgpuBackend();
  const { device } = backend;
  const { storageBuffers = device.limits.maxStorageBuffersPerShaderStage } = given;
  const program = compileProgram(plan, maskedPaths(options));
  const sets = fittingSets(options.sets, device.limits);
  const candidates = architecture instanceof SuperNet ? architecture.costs.candidates.length : 0;
  const record = (tiles: Tiles) =>
    lowerForWebgpu({ plan, program, batchSize, sets, supernet, candidates, optimizer, storageBuffers, tiles });
  const recording = record(given.tiles ?? (await tilesOn(backend, record)));
  const alphaValues = await Promise.all([...(supernet?.alphas.values() ?? [])].map((alpha) => alpha.data()));
  const watch = new DeviceWatch(device);
  const replay = await prepareReplay(backend, recording, options.onPrepared).catch((error: unknown) => {
    watch.end();
    throw watch.failure ?? error;
  });
  const buffer = (index: number) => replay.buffers[index] as GPUBuffer;
  const layoutOf = (name: string) => recording.layouts.get(name) as PaddedLayout;
  const placeOf = (name: string) => recording.places.get(name) as number;

  await writeParameters(device.queue, recording, replay.buffers, parameters);
  let from = 0;
  for (const numbers of alphaValues) {
    device.queue.writeBuffer(buffer(recording.architecture), from * 4, numbers as Float32Array<ArrayBuffer>);
    from += numbers.length;
  }

  const search = architecture && !supernet ? searchByAutograd(architecture) : null;
  const metricsPool = new TensorPool(backend, metricNames(supernet).length);
  const alphas = [...(supernet?.alphas ?? [])];
  const alphaPools = alphas.map(([, alpha]) => new TensorPool(backend, alpha.size));
  const controls = new Float32Array(recording.buffers[recording.controls]?.words as number);
  const weightSteps = new StepCount(optimizer, options.weightDecay, controls.subarray(control.weights, control.weights + 3));
  const archSteps = new StepCount(optimizer, 0, new Float32Array(3));
  const feed = new BatchFeed(device.queue, recording, replay.buffers, sets, plan.network.input, batchSize);
  let behind = false;

  /** All numbers of a buffer as one tensor, without a copy. */
  const whole = (index: number): Tensor => {
    const { words } = recording.buffers[index] as { words: number };
    return tensor({ buffer: buffer(index), zeroCopy: true }, [words], 'float32');
  };

  const architectureRow = (row: number, visit: (id: string, alpha: Variable, at: number, pool: number) => void) => {
    let at = row * candidates;
    alphas.forEach(([id, alpha], index) => {
      visit(id, alpha, at, index);
      at += alpha.size;
    });
  };

  const weightGradients = (): Map<string, Tensor> => {
    const flat = whole(recording.gradients);
    const trainable = [...parameters].filter(([, variable]) => variable.trainable);
    return new Map(trainable.map(([name]) => [name, unpad(flat, placeOf(name), layoutOf(name))]));
  };

  const gradients = (): Map<string, Tensor> => {
    const all = weightGradients();
    const flat = whole(recording.architecture);
    architectureRow(architectureRows.gradients, (id, { shape, size }, at) => all.set(id, unpad(flat, at, plainLayout(shape, size))));
    return all;
  };

  const setControls = ({ weightRate, archRate, penalties }: StepControls) => {
    if (weightRate > 0) weightSteps.next(weightRate);
    const moves = supernet !== null && archRate > 0;
    if (moves) controls.set(archSteps.next(archRate).subarray(0, 2), control.architecture);
    controls[control.moves] = Number(moves);
    controls[control.temperature] = supernet?.temperature ?? 1;
    supernet?.metrics.forEach((_, index) => {
      const { strength, target } = penalties[index] ?? { strength: 0, target: 0 };
      controls.set([strength, target], control.penalties + 2 * index);
    });
    return moves;
  };

  /** Submits whatever tfjs has recorded. */
  const submitAll = () => {
    backend.endComputePassEncoder();
    backend.ensureCommandEncoderReady();
    backend.submitQueue();
  };

  /** tfjs submits after so many of its operations; here, when all of a step's are recorded. */
  const inOneSubmission = <T>(record: () => T): T => {
    const flag = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';
    const usual = env().getNumber(flag);
    env().set(flag, Infinity);
    try {
      return record();
    } finally {
      env().set(flag, usual);
      submitAll();
    }
  };

  /** Records the network's part of a step, into tfjs's own encoder: what tfjs has recorded so far comes first. */
  const encodeStep = ({ weightRate }: StepControls, gather: number | null, factors?: Tensor): GPUCommandEncoder => {
    if (factors) backend.uploadToGPU(factors.dataId);
    backend.endComputePassEncoder();
    backend.ensureCommandEncoderReady();
    const encoder = backend.commandEncoder;
    if (factors) {
      const { resource } = backend.tensorMap.get(factors.dataId);
      encoder.copyBufferToBuffer(resource, 0, buffer(recording.weights), 0, factors.size * 4);
    }
    replay.encode(encoder, weightRate > 0 ? recording.dispatches.length : recording.beforeUpdate, gather);
    behind = true;
    return encoder;
  };

  /** Steps of a search whose part tfjs's autograd does, on the device as well: nothing is read back. */
  function searchByAutograd(searched: NonNullable<typeof architecture>) {
    const factors = webgpuFactors(searched, recording);
    const autograd = autogradArchitecture(searched, options);
    return {
      run(stepControls: StepControls, gather: number | null, observe: (own: ReadonlyMap<string, Tensor>) => void): Tensor1D {
        let ofTask: Tensor | undefined;
        const network = {
          factors: (pass: ArchitecturePass) => factors.of(pass),
          run(values: Tensor1D): Scalar {
            const encoder = encodeStep(stepControls, gather, values);
            ofTask = keep(metricsPool.copyOf(buffer(recording.metrics), 0, encoder));
            return reshape(slice(ofTask, [0], [1]), []);
          },
          gradient: () => factors.gradient(whole(recording.shares) as Tensor1D),
        };
        const more = autograd.run(stepControls, network, observe);
        const metrics = tidy(() => concat([ofTask as Tensor as Tensor1D, more]));
        dispose([ofTask as unknown as Tensor, more]);
        return metrics;
      },
      dispose() {
        factors.dispose();
        autograd.dispose();
      },
    };
  }

  return {
    implementation: `fused on the graphics device${sets.length < options.sets.length ? ', which has no room for all pictures at once' : ''}`,
    metricNames: metricNames(architecture),
    run(batch: Batch, stepControls: StepControls, observe) {
      watch.assertWorking();
      const moves = setControls(stepControls);
      const gather = feed.send(batch);
      device.queue.writeBuffer(buffer(recording.controls), 0, controls);
      if (search) {
        const see = (own: ReadonlyMap<string, Tensor>) => {
          const others = stepControls.weightRate > 0 ? weightGradients : () => [];
          if (observe) tidy(() => observe(new Map([...others(), ...own])));
        };
        return inOneSubmission(() => ({ metrics: search.run(stepControls, gather, see) }));
      }
      const encoder = encodeStep(stepControls, gather);
      const metrics = metricsPool.copyOf(buffer(recording.metrics), 0, encoder) as Tensor1D;
      if (moves)
        architectureRow(architectureRows.parameters, (_, alpha, at, pool) =>
          tidy(() => alpha.assign((alphaPools[pool] as TensorPool).copyOf(buffer(recording.architecture), at, encoder))),
        );
      backend.submitQueue();
      if (observe) tidy(() => observe(gradients()));
      return { metrics };
    },
    settle() {
      if (!behind) return;
      behind = false;
      for (const [name, variable] of parameters)
        tidy(() => variable.assign(unpad(whole(bufferOf(variable, recording)), placeOf(name), layoutOf(name))));
    },
    failure: () => watch.failure,
    dispose() {
      watch.end();
      search?.dispose();
      // What tfjs has recorded may still read these buffers.
      submitAll();
      for (const pool of [metricsPool, ...alphaPools]) pool.dispose();
      replay.dispose();
    },
  };
}
