/** Plans addresses in a WebAssembly memory before it exists, with its initial contents. */
import { NoRoom, type Room } from '../room';

/** The first page stays free: a module may keep constants there. */
const START = 65536;
/** A vector read may reach this many bytes beyond the last number. */
const SLACK = 256;
const PAGE = 65536;
/** Addresses have 32 bits. */
const MOST_PAGES = 65536;

/** How many fields each enum of fields has; steps of paths are lowered anew each time. */
const counts = new WeakMap<object, number>();

export class MemoryPlan {
  #end: number;
  readonly #contents: { readonly at: number; readonly bytes: ArrayBufferView }[] = [];

  /** @param start the first address that is free, a multiple of 64 */
  constructor(readonly start = START) {
    this.#end = start;
  }

  /** The first address behind everything that is reserved. */
  get end(): number {
    return this.#end;
  }

  /** Reserves room for numbers of four bytes; returns its address, a multiple of 64. */
  words(count: number): number {
    return this.bytes(count * 4);
  }

  bytes(count: number): number {
    const at = this.#end;
    this.#end = Math.ceil((at + count) / 64) * 64;
    return at;
  }

  /** Reserves room with these contents. */
  holding(contents: Int32Array | Float32Array): number {
    const at = this.words(contents.length);
    this.#contents.push({ at, bytes: contents });
    return at;
  }

  /**
   * A kernel's fields by name, each as an integer; those under `reals` as float32.
   * @param fields the enum that gives each name its place
   */
  fields<Name extends string>(
    fields: Readonly<Record<Name, number>> | Readonly<Record<Name | 'size', number>>,
    integers: Readonly<Partial<Record<Name, number>>>,
    reals?: Readonly<Partial<Record<Name, number>>>,
  ): Int32Array {
    const places = fields as Readonly<Record<string, number>>;
    let count = counts.get(places);
    if (count === undefined) {
      count = Object.values(places).filter((value) => typeof value === 'number').length - ('size' in places ? 1 : 0);
      counts.set(places, count);
    }
    const words = new Int32Array(count);
    for (const name in integers) words[places[name] as number] = integers[name] as number;
    if (!reals) return words;
    const floats = new Float32Array(words.buffer);
    for (const name in reals) floats[places[name] as number] = reals[name] as number;
    return words;
  }

  /** @param shared whether threads share the memory */
  room(shared: boolean): Room {
    return {
      bytes: this.#end,
      isAddressable: this.#pages <= MOST_PAGES,
      canBeMade: () => {
        try {
          this.#memory(shared);
          return true;
        } catch {
          return false;
        }
      },
    };
  }

  /**
   * Makes the memory, as large as planned, with its contents.
   * @throws NoRoom
   */
  create(shared: boolean): WebAssembly.Memory {
    const memory = this.#memory(shared);
    this.write(memory);
    return memory;
  }

  #memory(shared: boolean): WebAssembly.Memory {
    try {
      return new WebAssembly.Memory({ initial: this.#pages, maximum: this.#pages, shared });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new NoRoom({ bytes: this.#end });
    }
  }

  get #pages(): number {
    return Math.ceil((this.#end + SLACK) / PAGE);
  }

  /** Writes the contents into a memory that has the room. */
  write({ buffer }: WebAssembly.Memory): void {
    const all = new Uint8Array(buffer);
    for (const { at, bytes } of this.#contents) all.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), at);
  }
}

/** Blocks one after the other. */
export function joined(blocks: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(blocks.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
