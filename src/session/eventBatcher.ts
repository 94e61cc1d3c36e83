/** Collects events and sends them in batches, so that a fast search does not flood the main thread. */
import type { EventBatch, WireEvent } from '../protocol/protocol';

const INTERVAL_MS = 100;

export class EventBatcher {
  #waiting: WireEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sent = -Infinity;

  /** @param send receives each batch, and the buffers that may be transferred with it */
  constructor(
    private readonly send: (batch: EventBatch, transfer: ArrayBufferLike[]) => void,
    private readonly now: () => number,
  ) {}

  push(event: WireEvent): void {
    // Only the last of these in a batch is ever shown.
    if (event.kind === 'step') this.#waiting = this.#waiting.filter(({ kind }) => kind !== event.kind);
    this.#waiting.push(event);
    const wait = this.#sent + INTERVAL_MS - this.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#sent = this.now();
    this.send(
      batch,
      batch.flatMap((event) => (event.kind === 'metrics' ? [event.values.buffer] : [])),
    );
  }
}
