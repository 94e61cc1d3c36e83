/**
 * A chart's data: rows of numbers over steps, kept outside React. When there are too many rows, each two are merged into one,
 * so a long run costs no more to draw than a short one.
 */

/** The most rows that a chart shows. */
const CAPACITY = 96;

export interface Row {
  readonly step: number;
  /** One value per column; NaN where there is none. */
  readonly values: readonly number[];
}

export class Curve {
  #rows: Row[] = [];
  /** How many appended rows make one kept row. */
  #stride = 1;
  #open: { step: number; sums: number[]; count: number } | null = null;
  #version = 0;
  /** The step of the first row, before any merging; null where there is none. */
  firstStep: number | null = null;
  /** The step at which the curve is planned to end. */
  plannedEnd = 0;
  readonly #listeners = new Set<() => void>();

  constructor(readonly columns: readonly string[]) {}

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Appends without notifying subscribers; call `changed` after the last row of a batch. */
  append(step: number, values: readonly number[]): void {
    this.firstStep ??= step;
    this.#open ??= { step, sums: values.map(() => 0), count: 0 };
    const open = this.#open;
    open.step = step;
    open.count += 1;
    values.forEach((value, column) => (open.sums[column] = (open.sums[column] as number) + value));
    if (open.count < this.#stride) return;
    this.#rows.push(closed(open));
    this.#open = null;
    if (this.#rows.length >= CAPACITY) this.#halve();
  }

  changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Rows so far, the newest one possibly a mean over fewer steps than the others. */
  rows(): Row[] {
    return this.#open ? [...this.#rows, closed(this.#open)] : [...this.#rows];
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #halve(): void {
    const merged: Row[] = [];
    for (let at = 0; at + 1 < this.#rows.length; at += 2) {
      const [a, b] = [this.#rows[at] as Row, this.#rows[at + 1] as Row];
      merged.push({ step: b.step, values: a.values.map((value, column) => (value + (b.values[column] as number)) / 2) });
    }
    if (this.#rows.length % 2 === 1) merged.push(this.#rows.at(-1) as Row);
    this.#rows = merged;
    this.#stride *= 2;
  }
}

function closed({ step, sums, count }: { step: number; sums: number[]; count: number }): Row {
  return { step, values: sums.map((sum) => sum / count) };
}
