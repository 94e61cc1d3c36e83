/** Reads bytes from front to back, out of a source or out of what a gzip file unpacks to. */
import { sayLater } from '../../core/language/told';
import { invalidData } from '../invalidData';
import type { ByteSource } from './byteSource';

export interface ByteCursor {
  /** How many bytes lie behind it. */
  readonly at: number;
  /** The next bytes; fewer where they end. */
  take(count: number): Promise<Uint8Array>;
  skip(count: number): Promise<void>;
  /** Nothing more will be read. */
  close(): Promise<void>;
}

/** So many bytes are read at once. */
const PIECE = 2 ** 18;

/** Reads ahead, since every access to a file takes about as long as reading so much. */
export class SourceCursor implements ByteCursor {
  at = 0;
  #ahead: Uint8Array = new Uint8Array();
  #aheadAt = 0;

  constructor(private readonly source: ByteSource) {}

  async take(count: number): Promise<Uint8Array> {
    const from = this.at - this.#aheadAt;
    if (from < 0 || from + count > this.#ahead.length) {
      this.#ahead = await this.source.slice(this.at, this.at + Math.max(count, PIECE));
      this.#aheadAt = this.at;
    }
    const taken = this.#ahead.slice(this.at - this.#aheadAt, this.at - this.#aheadAt + count);
    this.at += taken.length;
    return taken;
  }

  async skip(count: number): Promise<void> {
    this.at += count;
  }

  async close(): Promise<void> {
    this.#ahead = new Uint8Array();
  }
}

export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** What a gzip file (RFC 1952) unpacks to. */
export class GzipCursor implements ByteCursor {
  at = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();

  /** @param name of the file, for messages */
  constructor(
    source: ByteSource,
    private readonly name: string,
  ) {
    let from = 0;
    const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        const bytes = new Uint8Array(await source.slice(from, from + PIECE));
        from += bytes.length;
        if (bytes.length > 0) controller.enqueue(bytes);
        else controller.close();
      },
    });
    this.#reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader() as ReadableStreamDefaultReader<Uint8Array>;
  }

  /** @throws WorkbenchError `invalid-data` when the file is damaged or ends early */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    const filled = await this.#forward(count, (part, at) => taken.set(part, at));
    return taken.subarray(0, filled);
  }

  async skip(count: number): Promise<void> {
    await this.#forward(count, () => {});
  }

  async close(): Promise<void> {
    // What follows the part that was read may be damaged or padded; nobody needs it.
    await this.#reader.cancel().catch(() => {});
  }

  async #forward(count: number, use: (part: Uint8Array, at: number) => void): Promise<number> {
    let done = 0;
    while (done < count) {
      if (this.#chunk.length === 0 && !(await this.#next())) break;
      const part = this.#chunk.subarray(0, count - done);
      use(part, done);
      done += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    this.at += done;
    return done;
  }

  /** Reads the next chunk; false at the end. */
  async #next(): Promise<boolean> {
    const { done, value } = await this.#reader.read().catch(() => {
      // Browsers also refuse what follows the compressed part, and lose what they had unpacked last.
      throw invalidData(
        this.name,
        sayLater(
          'is damaged, was not downloaded whole, or has something appended: what it unpacks to breaks off. Fetch it again, or unpack it and give the result.',
        ),
      );
    });
    if (!done) this.#chunk = value;
    return !done;
  }
}
