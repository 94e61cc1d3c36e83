/** The parts of tfjs's backend that the WebGPU step needs, and a watch for device failures. */
import { backend } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../../core/errors';
import { lostDevice } from '../../../core/lostDevice';
import { sayLater } from '../../../core/language/told';

/** The parts of tfjs's WebGPUBackend that are used here, because tfjs-core does not know its type. */
export interface WebgpuBackend {
  readonly device: GPUDevice;
  readonly adapterInfo: { readonly architecture?: string; readonly vendor?: string };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation: boolean, reuse: boolean): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse: boolean): void;
  };
  /** Holds the commands that tfjs has recorded and not yet submitted. */
  readonly commandEncoder: GPUCommandEncoder;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  /** How many tensors use a tensor's data. */
  refCount(dataId: object): number;
}

/** The active backend, which must be webgpu. */
export const webgpuBackend = (): WebgpuBackend => backend() as unknown as WebgpuBackend;

/** The encoder that tfjs records into, so that what is recorded next runs after what tfjs has recorded so far. */
export function openEncoder(backend: WebgpuBackend): GPUCommandEncoder {
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  return backend.commandEncoder;
}

/** Sends everything that tfjs's encoder holds to the device. */
export function submitRecorded(backend: WebgpuBackend): void {
  openEncoder(backend);
  backend.submitQueue();
}

/**
 * Remembers a device failure from when the watch was made until it ends. WebGPU reports errors after the fact and computes zeros
 * meanwhile, and a lost device does nothing any more.
 */
export class DeviceWatch {
  #failure: WorkbenchError | null = null;
  readonly #listener = (event: GPUUncapturedErrorEvent) => {
    // The step reports the error; without this the console would repeat it.
    event.preventDefault();
    this.#failure ??= refused(event.error.message);
  };

  constructor(private readonly device: GPUDevice) {
    device.addEventListener('uncapturederror', this.#listener);
    void device.lost.then(({ reason, message }) => {
      this.#failure = lostDevice(message, { reason });
    });
  }

  /** Why results of the device are unreliable, null while it works. */
  get failure(): WorkbenchError | null {
    return this.#failure;
  }

  /** @throws WorkbenchError the first failure since the watch began */
  assertWorking(): void {
    if (this.#failure) throw this.#failure;
  }

  end(): void {
    this.device.removeEventListener('uncapturederror', this.#listener);
  }
}

export function refused(message: string): WorkbenchError {
  return new WorkbenchError(
    'internal',
    sayLater('The graphics device refused a command, so its numbers cannot be trusted: {message}', { message }),
  );
}
