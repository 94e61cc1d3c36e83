/** Parts of the hub's files that were fetched, so that a download which was broken off goes on. */

export interface KeptRange {
  readonly from: number;
  /** Room for the whole part; what lies behind `filled` is still to come. */
  readonly bytes: Uint8Array;
  filled: number;
}

interface KeptFile {
  /** The version of the file, where the server tells it. */
  version: string | null;
  readonly ranges: KeptRange[];
}

/** Keeps them in memory. */
export class KeptRanges {
  readonly #files = new Map<string, KeptFile>();

  /** The bytes in [from, to) of a file, if they lie in one part that is whole; null otherwise. */
  find(file: string, from: number, to: number): Uint8Array | null {
    const range = this.#file(file).ranges.find((one) => one.from <= from && to <= one.from + one.filled);
    return range ? range.bytes.subarray(from - range.from, to - range.from) : null;
  }

  /** How many bytes of [from, to) are there, from its beginning. */
  filled(file: string, from: number, to: number): number {
    if (this.find(file, from, to)) return to - from;
    return this.#file(file).ranges.find((one) => one.from === from && one.bytes.length === to - from)?.filled ?? 0;
  }

  /** The part [from, to) to be filled, from where it was left. */
  open(file: string, from: number, to: number): KeptRange {
    const { ranges } = this.#file(file);
    const begun = ranges.find((one) => one.from === from && one.bytes.length === to - from);
    if (begun) return begun;
    const range = { from, bytes: new Uint8Array(to - from), filled: 0 };
    ranges.push(range);
    return range;
  }

  /** Notes a file's version. @returns whether the parts that are kept are of the same one */
  isSame(file: string, version: string | null): boolean {
    const kept = this.#file(file);
    kept.version ??= version;
    return version === null || kept.version === version;
  }

  forget(file: string): void {
    this.#files.delete(file);
  }

  clear(): void {
    this.#files.clear();
  }

  #file(name: string): KeptFile {
    const known = this.#files.get(name) ?? { version: null, ranges: [] };
    this.#files.set(name, known);
    return known;
  }
}
