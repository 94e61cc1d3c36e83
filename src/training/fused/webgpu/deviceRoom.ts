/** The memory that a recording's buffers need of a device. */
import type { Room } from '../room';
import type { PlannedBuffer } from './recording';

/** The bytes that a device gives one buffer at most. */
export const largestBuffer = ({ maxStorageBufferBindingSize, maxBufferSize }: GPUSupportedLimits): number =>
  Math.min(maxStorageBufferBindingSize, maxBufferSize);

export class DeviceRoom implements Room {
  /** @param most bytes of one buffer */
  constructor(
    private readonly device: GPUDevice,
    private readonly buffers: readonly Pick<PlannedBuffer, 'words'>[],
    private readonly most = largestBuffer(device.limits),
  ) {}

  get bytes(): number {
    return this.buffers.reduce((sum, { words }) => sum + 4 * words, 0);
  }

  get isAddressable(): boolean {
    return this.buffers.every(({ words }) => 4 * words <= this.most);
  }

  /** Makes buffers of these sizes, and lets go of them. */
  async canBeMade(): Promise<boolean> {
    this.device.pushErrorScope('out-of-memory');
    const made = this.buffers.map(({ words }) => this.device.createBuffer({ size: 4 * words, usage: GPUBufferUsage.STORAGE }));
    const error = await this.device.popErrorScope();
    for (const buffer of made) buffer.destroy();
    return error === null;
  }
}
