/**
 * The one place where a search reads values back from the backend. Steps leave small tensors here; now and then they are
 * packed into one and read together, so that training never waits for a value.
 */
import { stack, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

export class Readout {
  #pending: Tensor1D[] = [];
  #last = -Infinity;

  /** @param intervalMs values are read at most this often; 0 reads after every step */
  constructor(
    private readonly now: () => number,
    private readonly intervalMs: number,
  ) {}

  push(metrics: Tensor1D): void {
    this.#pending.push(metrics);
  }

  due(): boolean {
    return this.now() - this.#last >= this.intervalMs;
  }

  /** Rows of all steps since the last call, one after the other, or null when there were none. */
  async flush(): Promise<{ readonly rows: number; readonly values: Float32Array } | null> {
    this.#last = this.now();
    const pending = this.#pending;
    if (pending.length === 0) return null;
    this.#pending = [];
    const packed = tidy(() => stack(pending));
    for (const metrics of pending) metrics.dispose();
    return { rows: pending.length, values: await read(packed) };
  }

  dispose(): void {
    for (const metrics of this.#pending) metrics.dispose();
    this.#pending = [];
  }
}

/** Reads a tensor's values and disposes it. */
export async function read(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
