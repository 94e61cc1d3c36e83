/** One curve of a run in bounded memory, however long the run is. */

/** A value at each of some steps of a run. */
export interface Series {
  readonly step: number[];
  readonly value: number[];
}

/** Points that a series has at most. */
export const MOST_POINTS = 10_000;
/** Points that thinning leaves at most: what is freed pays for the next thinning, so that a point costs the same however many there are. */
const MOST_THINNED = 0.75 * MOST_POINTS;
const FIRST_CAPACITY = 64;

/**
 * Keeps every point of a short series. Of a longer one it keeps the first and the last point, and the least and the greatest
 * of every so many steps, so that no extreme is lost; of equal values in a row, the first and the last.
 */
export class BoundedSeries {
  #steps = new Float64Array(FIRST_CAPACITY);
  #values = new Float64Array(FIRST_CAPACITY);
  #count = 0;
  /** Steps of which the least and the greatest value are kept; 0 as long as every point is. */
  #width = 0;

  /** @param step not below the one before */
  add(step: number, value: number): void {
    if (this.#count === MOST_POINTS) this.#thin();
    if (this.#count === this.#steps.length) this.#grow();
    this.#put(this.#count++, step, value);
  }

  points(): Series {
    // What came since the last thinning is as sparse as the rest then.
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

  /** Moves a point to the end of those that stay; it takes the place of one between two of its own value. */
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
    const capacity = Math.min(MOST_POINTS, 2 * this.#count);
    const larger = (values: Float64Array) => {
      const copy = new Float64Array(capacity);
      copy.set(values);
      return copy;
    };
    this.#steps = larger(this.#steps);
    this.#values = larger(this.#values);
  }
}
