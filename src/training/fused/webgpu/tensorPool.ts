/**
 * Small tensors that a WebGPU step leaves behind, each with a buffer of its own. A buffer is used again once tfjs no longer has a
 * tensor on it, so that steps create none; whoever keeps a tensor, or a clone of it, keeps its numbers.
 */
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './device';

interface Entry {
  readonly buffer: GPUBuffer;
  /** What tfjs knows the buffer by now. */
  dataId: object;
}

export class TensorPool {
  readonly #entries: Entry[] = [];

  constructor(
    private readonly backend: WebgpuBackend,
    private readonly length: number,
  ) {}

  /** A tensor of the next numbers that the encoder copies. */
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

  /** Frees every buffer that no tensor uses; the others go when their tensors do, with the garbage. */
  dispose(): void {
    for (const { buffer, dataId } of this.#entries) if (this.backend.refCount(dataId) === 0) buffer.destroy();
  }
}
