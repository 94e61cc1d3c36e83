/**
 * The one place where a search reads values back from the backend. Steps push small tensors; at intervals these are packed into one
 * and read together, so that training never waits for a value.
 */
import { stack, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

/** The most steps that are read together: with more, too many would be under way when somebody presses pause. */
const MOST = 64;

export class Readout {
  #pending: Tensor1D[] = [];
  #last: number;
  /** Steps between readings: a power of two, so that packing needs few kernels and few sizes of buffers. */
  #every = 1;

  /** @param intervalMs the approximate time between readings; 0 reads after every step */
  constructor(
    private readonly now: () => number,
    private readonly intervalMs: number,
  ) {
    this.#last = now();
  }

  push(metrics: Tensor1D): void {
    this.#pending.push(metrics);
  }

  /** Steps whose values are not read yet. */
  get unread(): number {
    return this.#pending.length;
  }

  due(): boolean {
    return this.#pending.length >= this.#every;
  }

  /** Rows of all steps since the last call, one after the other, or null if there were none. */
  async flush(): Promise<{ readonly rows: number; readonly values: Float32Array } | null> {
    const pending = this.#pending;
    if (pending.length === 0) return null;
    this.#pending = [];
    const packs = powersOfTwo(pending.length).map(({ from, to }) => tidy(() => stack(pending.slice(from, to))));
    for (const metrics of pending) metrics.dispose();
    const parts = await Promise.all(packs.map(read));
    if (this.intervalMs > 0 && pending.length === this.#every) this.#adapt();
    return { rows: pending.length, values: joined(parts) };
  }

  dispose(): void {
    for (const metrics of this.#pending) metrics.dispose();
    this.#pending = [];
  }

  /** Reads more steps together when they finish too fast, and fewer when they take too long. */
  #adapt(): void {
    const now = this.now();
    const taken = now - this.#last;
    this.#last = now;
    if (taken * 2 <= this.intervalMs) this.#every = Math.min(MOST, this.#every * 2);
    else if (taken > this.intervalMs * 2) this.#every = Math.max(1, this.#every / 2);
  }
}

/** Splits a count into ranges whose lengths are powers of two, the longest first. */
function powersOfTwo(count: number): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (let from = 0; from < count;) {
    const size = 2 ** Math.floor(Math.log2(count - from));
    ranges.push({ from, to: from + size });
    from += size;
  }
  return ranges;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Reads a tensor's values and disposes it. */
export async function read(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
