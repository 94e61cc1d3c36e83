/** What the WebGPU step needs of tfjs's backend, and how it hears of a device that failed. */
import { backend } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../../core/errors';

/** The parts of tfjs's WebGPUBackend that are used here; tfjs-core does not know its type. */
export interface WebgpuBackend {
  readonly device: GPUDevice;
  readonly adapterInfo: { readonly architecture?: string; readonly vendor?: string };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation: boolean, reuse: boolean): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse: boolean): void;
  };
  /** Holds what tfjs has recorded and not yet submitted. */
  readonly commandEncoder: GPUCommandEncoder;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  /** How many tensors use a tensor's data. */
  refCount(dataId: object): number;
}

/** The active backend, which must be webgpu. */
export const webgpuBackend = (): WebgpuBackend => backend() as unknown as WebgpuBackend;

/**
 * WebGPU reports its errors after the fact and computes zeros meanwhile, and a lost device does nothing any more; a watch
 * remembers either from when it was made until it ends.
 */
export class DeviceWatch {
  #failure: WorkbenchError | null = null;
  readonly #listener = (event: GPUUncapturedErrorEvent) => {
    // Told by the step; the console would have it twice.
    event.preventDefault();
    this.#failure ??= refused(event.error.message);
  };

  constructor(private readonly device: GPUDevice) {
    device.addEventListener('uncapturederror', this.#listener);
    void device.lost.then(({ reason, message }) => {
      this.#failure = new WorkbenchError(
        'device-lost',
        `The graphics device was lost${message ? ` (${message.trim()})` : ''}. Start again; if it happens again, choose WebAssembly.`,
        { reason },
      );
    });
  }

  /** Why the device cannot be relied on, null while it can. */
  get failure(): WorkbenchError | null {
    return this.#failure;
  }

  /** @throws WorkbenchError what went wrong since the watch began */
  assertWorking(): void {
    if (this.#failure) throw this.#failure;
  }

  end(): void {
    this.device.removeEventListener('uncapturederror', this.#listener);
  }
}

export function refused(message: string): WorkbenchError {
  return new WorkbenchError('internal', `The graphics device refused a command, so its numbers cannot be trusted: ${message}`);
}
