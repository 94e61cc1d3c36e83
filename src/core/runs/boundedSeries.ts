/** One curve of a run in bounded memory, however long the run is. */

/** Values at some steps of a run. */
export interface Series {
  readonly step: number[];
  readonly value: number[];
}

/** All that a series holds, to go on with it later. */
export interface SeriesState {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  readonly width: number;
}

/** The most points in a series. */
export const MOST_POINTS = 10_000;
/** The most points after thinning. The freed room pays for the next thinning, so that the cost per point stays constant. */
const MOST_THINNED = 0.75 * MOST_POINTS;
const FIRST_CAPACITY = 64;

/**
 * Keeps every point of a short series. Of a longer one it keeps the first and the last point, and the smallest and the largest of
 * every `#width` steps, so that no extreme is lost. Of equal values in a row it keeps the first and the last.
 */
export class BoundedSeries {
  #steps = new Float64Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #count = 0;
  /** How many steps share one smallest and one largest value; 0 while every point is kept. */
  #width = 0;

  /** @param state to go on from; by default an empty series */
  constructor(state?: SeriesState) {
    if (!state) return;
    const { steps, values, width } = state;
    while (this.#steps.length < steps.length) this.#grow();
    this.#steps.set(steps);
    this.#values.set(values);
    [this.#count, this.#width] = [steps.length, width];
  }

  state(): SeriesState {
    const count = this.#count;
    return { steps: this.#steps.slice(0, count), values: this.#values.slice(0, count), width: this.#width };
  }

  /** @param step not smaller than the step before */
  add(step: number, value: number): void {
    if (this.#count === MOST_POINTS) this.#thin();
    if (this.#count === this.#steps.length) this.#grow();
    this.#put(this.#count++, step, value);
  }

  points(): Series {
    // Points since the last thinning are still dense, so merge them too.
    if (this.#width > 0) this.#merge();
    return { step: [...this.#steps.subarray(0, this.#count)], value: [...this.#values.subarray(0, this.#count)] };
  }

  #thin(): void {
    this.#width ||= 1;
    this.#merge();
    while (this.#count > MOST_THINNED) {
      this.#width *= 2;
      this.#merge();
    }
  }

  /** Keeps the extremes of every `#width` steps, in their order, and both ends. */
  #merge(): void {
    const last = this.#count - 1;
    this.#count = 0;
    this.#keep(0);
    for (let from = 1, end; from < last; from = end) {
      const bucket = Math.floor(this.#step(from) / this.#width);
      let [least, greatest] = [from, from];
      for (end = from + 1; end < last && Math.floor(this.#step(end) / this.#width) === bucket; end++) {
        if (this.#value(end) < this.#value(least)) least = end;
        if (this.#value(end) > this.#value(greatest)) greatest = end;
      }
      this.#keep(Math.min(least, greatest));
      if (least !== greatest) this.#keep(Math.max(least, greatest));
    }
    this.#keep(last);
  }

  /** Appends a point to the kept ones. A point between two of the same value is overwritten. */
  #keep(index: number): void {
    const [step, value] = [this.#step(index), this.#value(index)];
    const count = this.#count;
    const between = count >= 2 && this.#value(count - 1) === value && this.#value(count - 2) === value;
    if (!between) this.#count++;
    this.#put(this.#count - 1, step, value);
  }

  #put(index: number, step: number, value: number): void {
    this.#steps[index] = step;
    this.#values[index] = value;
  }

  #step(index: number): number {
    return this.#steps[index] as number;
  }

  #value(index: number): number {
    return this.#values[index] as number;
  }

  #grow(): void {
    const capacity = Math.min(MOST_POINTS, 2 * this.#steps.length);
    const larger = (values: Float64Array) => {
      const copy = new Float64Array(capacity);
      copy.set(values);
      return copy;
    };
    this.#steps = larger(this.#steps);
    this.#values = larger(this.#values);
  }
}
