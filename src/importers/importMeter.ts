/** How far an import is, and how long it will still take. */
import type { NamedFile } from './exampleImporter';

export interface ImportProgress {
  /** Files or rows; null for formats that have many examples in a file, of which only bytes are counted. */
  readonly items: Share | null;
  /** Bytes of all files that were given, unpacked. Some may not be needed. */
  readonly bytes: Share;
  /** Estimated time left in milliseconds; null while too little is done to tell. */
  readonly leftMs: number | null;
}

interface Share {
  readonly done: number;
  readonly total: number;
}

/** Before so much of the work and of the time an estimate would jump about. */
const [LEAST_SHARE, LEAST_MS] = [0.01, 1000];

export class ImportMeter {
  readonly #start: number;
  #items: Share | null = null;
  #bytes: Share = { done: 0, total: 0 };

  constructor(
    private readonly now: () => number,
    private readonly tell: (progress: ImportProgress) => void,
  ) {
    this.#start = now();
  }

  /** The same files; their bytes count as they are read. */
  counting(files: readonly NamedFile[]): NamedFile[] {
    this.#bytes = { done: 0, total: files.reduce((sum, { size }) => sum + size, 0) };
    return files.map((file) => ({ ...file, bytes: () => this.#read(file) }));
  }

  /** For `onProgress` of an import. */
  readonly items = (done: number, total: number): void => {
    this.#items = { done, total };
    this.#say();
  };

  /** For bytes that come from elsewhere. */
  readonly fetched = (done: number, total: number): void => {
    this.#bytes = { done, total };
    this.#say();
  };

  async #read(file: NamedFile): Promise<Uint8Array> {
    const bytes = await file.bytes();
    const { done, total } = this.#bytes;
    // A file may be read twice.
    this.#bytes = { done: Math.min(total, done + file.size), total };
    if (!this.#items) this.#say();
    return bytes;
  }

  #say(): void {
    const { done, total } = this.#items ?? this.#bytes;
    const share = total > 0 ? done / total : 0;
    const passed = this.now() - this.#start;
    const leftMs = share < LEAST_SHARE || passed < LEAST_MS ? null : passed * (1 / share - 1);
    this.tell({ items: this.#items, bytes: this.#bytes, leftMs });
  }
}
