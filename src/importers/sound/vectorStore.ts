/** Collects the vectors of recordings in one array that is made once, since they are most of a browser's memory. */
import { sayLater, type Told } from '../../core/language/told';
import type { Examples } from '../../core/data/dataset';
import { VECTOR_SIZE, vectorOf, VECTORS } from '../../core/data/features/logMel';

/** How much a store holds. */
export interface Filled {
  readonly vectors: number;
  readonly recordings: number;
}

export class VectorStore {
  readonly #values: Float32Array;
  readonly #labels: Uint8Array;
  readonly #groups: Uint8Array;
  readonly #recordings: Uint32Array;
  /** Every how manyth vector is kept. */
  readonly #every: number;
  #at: Filled = { vectors: 0, recordings: 0 };

  /**
   * @param recordings how many there are at most
   * @param most vectors to hold; where recordings have more, each gives every second, third ... of its vectors, which overlap by four
   *   frames of five
   */
  constructor(recordings: number, most: number) {
    this.#every = Math.max(1, Math.ceil((recordings * VECTORS) / most));
    const size = recordings * Math.ceil(VECTORS / this.#every);
    this.#values = new Float32Array(size * VECTOR_SIZE);
    this.#labels = new Uint8Array(size);
    this.#groups = new Uint8Array(size);
    this.#recordings = new Uint32Array(size);
  }

  /** Adds a recording by its log-mel frames. */
  add(frames: Float32Array, group: number, label: number): void {
    let { vectors } = this.#at;
    const { recordings } = this.#at;
    for (let index = 0; index < VECTORS; index += this.#every) {
      this.#values.set(vectorOf(frames, index), vectors * VECTOR_SIZE);
      this.#labels[vectors] = label;
      this.#groups[vectors] = group;
      this.#recordings[vectors++] = recordings;
    }
    this.#at = { vectors, recordings: recordings + 1 };
  }

  /** Where the next recording goes, for `rewind`. */
  get place(): Filled {
    return this.#at;
  }

  /** Takes back what was added since the store was at this place. */
  rewind(place: Filled): void {
    this.#at = place;
  }

  sentences(kind: 'train' | 'test'): Told[] {
    if (this.#every === 1) return [];
    return [
      sayLater(
        'One of every {every} vectors of each {kind, select, train {training} other {test}} recording is used, because all of them would take too much memory.',
        { every: this.#every, kind },
      ),
    ];
  }

  examples(): Examples {
    const { vectors } = this.#at;
    const cut = <T extends Float32Array | Uint8Array | Uint32Array>(array: T, length: number) =>
      (array.length === length ? array : array.slice(0, length)) as T;
    return {
      count: vectors,
      values: cut(this.#values, vectors * VECTOR_SIZE),
      labels: cut(this.#labels, vectors),
      groups: cut(this.#groups, vectors),
      recordings: cut(this.#recordings, vectors),
    };
  }
}
