/**
 * Reads flatbuffers by slot number. Every position is checked by the view, so that a damaged file ends in a RangeError and not in
 * wrong numbers. Source: google/flatbuffers, docs/source/Internals.md.
 */
export class Table {
  readonly #fields: number;
  readonly #fieldsEnd: number;

  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {
    this.#fields = at - view.getInt32(at, true);
    this.#fieldsEnd = this.#fields + view.getUint16(this.#fields, true);
  }

  /** The root table of a file. */
  static root(bytes: Uint8Array): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new Table(view, view.getUint32(0, true));
  }

  /** A table that leaves every field at its default. */
  static empty(): Table {
    return new Table(new DataView(Uint8Array.of(4, 0, 0, 0, 4, 0, 0, 0).buffer), 4);
  }

  byte(slot: number, otherwise = 0): number {
    const at = this.#field(slot);
    return at === null ? otherwise : this.view.getInt8(at);
  }

  int(slot: number, otherwise = 0): number {
    const at = this.#field(slot);
    return at === null ? otherwise : this.view.getInt32(at, true);
  }

  float(slot: number, otherwise = 0): number {
    const at = this.#field(slot);
    return at === null ? otherwise : this.view.getFloat32(at, true);
  }

  table(slot: number): Table | null {
    const at = this.#field(slot);
    return at === null ? null : new Table(this.view, at + this.view.getUint32(at, true));
  }

  tables(slot: number): Table[] {
    return this.#vector(slot, 4, (at) => new Table(this.view, at + this.view.getUint32(at, true)));
  }

  ints(slot: number): number[] {
    return this.#vector(slot, 4, (at) => this.view.getInt32(at, true));
  }

  floats(slot: number): number[] {
    return this.#vector(slot, 4, (at) => this.view.getFloat32(at, true));
  }

  longs(slot: number): number[] {
    return this.#vector(slot, 8, (at) => Number(this.view.getBigInt64(at, true)));
  }

  text(slot: number): string {
    return new TextDecoder().decode(this.bytes(slot));
  }

  /** A copy. */
  bytes(slot: number): Uint8Array {
    const at = this.#field(slot);
    if (at === null) return new Uint8Array();
    const start = at + this.view.getUint32(at, true);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start + 4, this.#length(start, 1)).slice();
  }

  /** The position of a field, null where the table leaves it at its default. */
  #field(slot: number): number | null {
    const entry = this.#fields + 4 + 2 * slot;
    if (entry >= this.#fieldsEnd) return null;
    const offset = this.view.getUint16(entry, true);
    return offset === 0 ? null : this.at + offset;
  }

  #vector<Item>(slot: number, size: number, read: (at: number) => Item): Item[] {
    const at = this.#field(slot);
    if (at === null) return [];
    const start = at + this.view.getUint32(at, true);
    return Array.from({ length: this.#length(start, size) }, (_, index) => read(start + 4 + index * size));
  }

  #length(start: number, size: number): number {
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * size > this.view.byteLength) throw new RangeError('a list reaches beyond the end of the file');
    return length;
  }
}
