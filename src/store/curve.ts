/**
 * A chart's data: rows of numbers over steps, kept outside React. When there are too many rows, each two are merged into one, so a long
 * run takes no more memory and costs no more to draw than a short one.
 */

/** The most rows that are kept, so that a zoom into a long run still shows more than its whole. */
const CAPACITY = 4096;
/** The most rows that a chart draws, unless it asks for fewer: some hundred, as a chart is some hundred pixels wide. */
const DRAWN = 192;

export interface Row {
  /** The last of the steps that the row stands for. */
  readonly step: number;
  /** The mean over those steps per column; NaN where there is none. */
  readonly values: readonly number[];
}

/** Steps from the first to the last, both included. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

export class Curve {
  #rows: Row[] = [];
  /** How many appended rows make one kept row. */
  #stride = 1;
  #open: Row[] = [];
  #version = 0;
  /** The step of the first row, before any merging; null where there is none. */
  firstStep: number | null = null;
  /** The row that was appended last, before any merging; null where there is none. */
  newest: Row | null = null;
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
    this.newest = { step, values };
    this.#open.push({ step, values });
    if (this.#open.length < this.#stride) return;
    this.#rows.push(merged(this.#open));
    this.#open = [];
    if (this.#rows.length < CAPACITY) return;
    this.#rows = inGroups(this.#rows, 0, 2);
    this.#stride *= 2;
  }

  changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** All rows that are kept, the newest one possibly a mean over fewer steps than the others. */
  kept(): Row[] {
    return this.#open.length > 0 ? [...this.#rows, merged(this.#open)] : [...this.#rows];
  }

  /**
   * Rows to draw, merged where there are more than asked for.
   * @param range steps to draw, by default all; the nearest row on either side is among the rows, so that lines reach both ends
   */
  rows(range: StepRange | null = null, most = DRAWN): Row[] {
    const kept = this.kept();
    const first = range ? kept.findIndex(({ step }) => step >= range.from) : 0;
    if (first < 0) return kept.slice(-1);
    const after = range ? kept.findIndex(({ step }) => step > range.to) : -1;
    const [from, end] = [Math.max(0, first - 1), after < 0 ? kept.length : after + 1];
    let size = 1;
    while ((end - from) / size > most - 2) size *= 2;
    return inGroups(kept.slice(from, end), from, size);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * Rows merged in groups. Groups begin at multiples of their size, so that they stay the same while rows are added at the end.
 * @param at the index of the first row
 */
function inGroups(rows: readonly Row[], at: number, size: number): Row[] {
  if (size === 1) return [...rows];
  const groups: Row[] = [];
  for (let from = 0, end; from < rows.length; from = end) {
    end = (Math.floor((at + from) / size) + 1) * size - at;
    groups.push(merged(rows.slice(from, end)));
  }
  return groups;
}

/** The mean of each column over the rows that have it. */
function merged(rows: readonly Row[]): Row {
  const last = rows.at(-1) as Row;
  if (rows.length === 1) return last;
  const values = last.values.map((_, column) => {
    let [sum, count] = [0, 0];
    for (const { values: own } of rows) {
      const value = own[column] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    return count > 0 ? sum / count : NaN;
  });
  return { step: last.step, values };
}
