/**
 * Small tensors with the results of WebGPU steps, each with a buffer of its own. The pool reuses a buffer once tfjs has no tensor
 * on it any more, so steps rarely create one. A tensor, or a clone of it, keeps its numbers while somebody holds it.
 */
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './device';

interface Entry {
  readonly buffer: GPUBuffer;
  /** The id that tfjs currently knows the buffer by. */
  dataId: object;
}

export class TensorPool {
  readonly #entries: Entry[] = [];

  constructor(
    private readonly backend: WebgpuBackend,
    private readonly length: number,
  ) {}

  /** A tensor that receives a copy of numbers, through the encoder. */
  copyOf(source: GPUBuffer, at: number, encoder: GPUCommandEncoder): Tensor {
    const { backend, length } = this;
    const free = this.#entries.find(({ dataId }) => backend.refCount(dataId) === 0);
    const buffer = free?.buffer ?? this.#create();
    encoder.copyBufferToBuffer(source, at * 4, buffer, 0, length * 4);
    const copy = tensor({ buffer, zeroCopy: true }, [length], 'float32');
    if (free) free.dataId = copy.dataId;
    else this.#entries.push({ buffer, dataId: copy.dataId });
    return copy;
  }

  #create(): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return this.backend.device.createBuffer({ size: this.length * 4, usage });
  }

  /** Destroys every buffer that no tensor uses; the garbage collector frees the others after their tensors. */
  dispose(): void {
    for (const { buffer, dataId } of this.#entries) if (this.backend.refCount(dataId) === 0) buffer.destroy();
  }
}
