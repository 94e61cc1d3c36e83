/** Brings a recording onto the device: it makes buffers, pipelines and bind groups once, so that a step only encodes them. */
import type { Dispatch, Kernel } from '../../../kernels/wgsl';
import type { Recording } from './recording';
import { NoRoom } from '../room';
import { DeviceRoom } from './deviceRoom';
import { refused, type WebgpuBackend } from './device';

/** A recording that is ready to run. */
interface Replay {
  /** Every buffer by its number. */
  readonly buffers: readonly GPUBuffer[];
  /**
   * Encodes the kernels of a step, in order.
   * @param end index of the first kernel to leave out
   * @param gather index of the gather that runs first, null for none
   * @param start index of the first kernel
   */
  encode(encoder: GPUCommandEncoder, end: number, gather: number | null, start?: number): void;
  dispose(): void;
}

/** Uniforms start at multiples of this many bytes on every device. */
const UNIFORM_ALIGNMENT = 256;

/** Pipelines by kernel key. They outlive a step, because the next phase and the next run need the same ones. */
const pipelines = new WeakMap<GPUDevice, Map<string, Promise<Compiled>>>();

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/**
 * @param onCompiled receives how many kernels are compiled, and how many there are
 * @param largest bytes of one buffer at most; by default what the device says
 * @throws NoRoom when the device has no memory for the buffers
 * @throws WorkbenchError when the device refuses a kernel or a buffer
 */
export async function prepareReplay(
  backend: WebgpuBackend,
  recording: Pick<Recording, 'buffers' | 'dispatches' | 'gathers'>,
  onCompiled: (done: number, total: number) => void = () => {},
  largest?: number,
): Promise<Replay> {
  const { device } = backend;
  const room = new DeviceRoom(device, recording.buffers, largest);
  if (!room.isAddressable) throw new NoRoom(room);
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const buffers = recording.buffers.map(({ words, contents }) => createBuffer(backend, words * 4, contents));
  const gathers = recording.gathers.length;
  const dispatches = [...recording.gathers.map(({ dispatch }) => dispatch), ...recording.dispatches];
  const uniforms = createUniforms(backend, dispatches);
  const compiling = dispatches.map(({ kernel }) => compile(device, kernel));
  const compiled = Promise.all(compiling);
  countSettled(new Set(compiling), onCompiled);
  const errors = [device.popErrorScope()];
  const noRoom = device.popErrorScope();
  const dispose = () => {
    for (const buffer of [...buffers, uniforms]) backend.bufferManager.releaseBuffer(buffer, false);
  };
  try {
    const pipelines = await compiled;
    device.pushErrorScope('validation');
    const steps = pipelines.map(({ pipeline, layout }, index) => {
      const { buffers: used, fields, groups } = dispatches[index] as Dispatch;
      const bindGroup = device.createBindGroup({
        layout,
        entries: [
          { binding: 0, resource: { buffer: uniforms, offset: index * UNIFORM_ALIGNMENT, size: roomOf(fields) } },
          ...used.map((buffer, at) => ({ binding: at + 1, resource: { buffer: buffers[buffer] as GPUBuffer } })),
        ],
      });
      return { pipeline, bindGroup, groups };
    });
    errors.push(device.popErrorScope());
    if (await noRoom) throw new NoRoom(room);
    for (const error of errors) {
      const found = await error;
      if (found) throw refused(found.message);
    }
    return {
      buffers,
      encode(encoder, end, gather, start = 0) {
        const pass = encoder.beginComputePass();
        let current: GPUComputePipeline | null = null;
        const run = (index: number) => {
          const { pipeline, bindGroup, groups } = steps[index] as (typeof steps)[number];
          if (pipeline !== current) pass.setPipeline((current = pipeline));
          pass.setBindGroup(0, bindGroup);
          pass.dispatchWorkgroups(...groups);
        };
        if (gather !== null) run(gather);
        for (let index = gathers + start; index < gathers + end; index++) run(index);
        pass.end();
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Counts promises as they are fulfilled, and leaves rejections to the code that awaits them. */
function countSettled(promises: ReadonlySet<Promise<unknown>>, tell: (done: number, total: number) => void): void {
  let done = 0;
  for (const promise of promises)
    promise.then(
      () => tell((done += 1), promises.size),
      () => {},
    );
}

/** Uses tfjs's manager, so that tfjs counts the memory. The buffer is new, because it must start with zeros. */
function createBuffer({ bufferManager, device }: WebgpuBackend, bytes: number, contents?: Int32Array | Float32Array): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = bufferManager.acquireBuffer(bytes, usage, false, false);
  if (contents) device.queue.writeBuffer(buffer, 0, contents as Int32Array<ArrayBuffer>);
  return buffer;
}

/** A uniform's size must be a multiple of 16 bytes. */
const roomOf = (fields: Int32Array) => Math.ceil(fields.byteLength / 16) * 16;

/** One buffer with the fields of every dispatch. */
function createUniforms({ bufferManager, device }: WebgpuBackend, dispatches: readonly Dispatch[]): GPUBuffer {
  const words = new Int32Array((dispatches.length * UNIFORM_ALIGNMENT) / 4);
  dispatches.forEach(({ fields }, index) => words.set(fields, (index * UNIFORM_ALIGNMENT) / 4));
  const buffer = bufferManager.acquireBuffer(words.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, false, false);
  device.queue.writeBuffer(buffer, 0, words);
  return buffer;
}

function compile(device: GPUDevice, kernel: Kernel): Promise<Compiled> {
  const known = pipelines.get(device) ?? new Map<string, Promise<Compiled>>();
  pipelines.set(device, known);
  const compiled = known.get(kernel.key) ?? compileKernel(device, kernel);
  known.set(kernel.key, compiled);
  return compiled;
}

async function compileKernel(device: GPUDevice, { key, code, buffers }: Kernel): Promise<Compiled> {
  const layout = device.createBindGroupLayout({
    label: key,
    entries: [
      { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } },
      ...Object.values<string>(buffers).map((use, index) => ({
        binding: index + 1,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: use.startsWith('read') ? ('read-only-storage' as const) : ('storage' as const) },
      })),
    ],
  });
  const module = device.createShaderModule({ label: key, code });
  try {
    const pipeline = await device.createComputePipelineAsync({
      label: key,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    return { pipeline, layout };
  } catch (error) {
    const { messages } = await module.getCompilationInfo();
    const details = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
    throw refused([`${key}: ${(error as Error).message}`, ...details].join('\n'));
  }
}
