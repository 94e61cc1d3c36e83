/** A file of the hub, of which only parts are fetched. */
import { sayLater } from '../../core/language/told';
import { invalidData } from '../invalidData';
import type { NamedFile } from '../exampleImporter';
import { assertGiven, interrupted, persist, plainRequest, type Hub } from './hub';
import type { KeptRange, KeptRanges } from './keptRanges';
import type { HubFileEntry } from './listing';

/** A try that came so much further is no failure, however the connection ended. */
const FURTHER = 2 ** 20;
/** So many requests are under way at a time. */
const AT_A_TIME = 4;

/** Fetches parts of files, and keeps what it has fetched. */
export class HubFiles {
  #free = AT_A_TIME;
  readonly #waiting: (() => void)[] = [];

  /** @param onBytes hears how many bytes have come */
  constructor(
    private readonly hub: Hub,
    private readonly kept: KeptRanges,
    private readonly signal: AbortSignal,
    private readonly onBytes: (count: number) => void,
  ) {}

  /** @param name in messages, and for importers */
  file(entry: HubFileEntry, name: string): NamedFile {
    const slice = (from: number, to: number) => this.#slice(entry, name, from, Math.min(to, entry.size));
    return { name, size: entry.size, slice, bytes: () => slice(0, entry.size) };
  }

  async #slice(entry: HubFileEntry, name: string, from: number, to: number): Promise<Uint8Array> {
    const known = this.kept.find(entry.path, from, to);
    if (known) return known;
    const range = this.kept.open(entry.path, from, to);
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      await persist(this.hub, name, this.signal, (signal, alive) => this.#fill(entry, name, range, signal, alive));
      return range.bytes;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  /** Returns whether the range is whole. */
  async #fill(entry: HubFileEntry, name: string, range: KeptRange, signal: AbortSignal, alive: () => void): Promise<boolean> {
    const start = range.from + range.filled;
    const before = range.filled;
    // A single range with both ends is the only one that browsers send to another host without asking it first.
    const headers = { Range: `bytes=${start}-${range.from + range.bytes.length - 1}` };
    const response = await this.hub.fetch(`${this.hub.files}${entry.path}`, { ...plainRequest, headers, signal });
    await assertGiven(response, name);
    this.#assertPart(entry, name, start, response);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        alive();
        const wanted = value.subarray(0, range.bytes.length - range.filled);
        range.bytes.set(wanted, range.filled);
        range.filled += wanted.length;
        this.onBytes(wanted.length);
      }
    } catch (reason) {
      // Once headers have come, whatever breaks is the connection.
      if (!signal.aborted && range.filled - before < FURTHER) throw interrupted();
      if (signal.aborted) throw reason;
    }
    if (range.filled === range.bytes.length) return true;
    if (range.filled - before < FURTHER) throw interrupted();
    return false;
  }

  #assertPart(entry: HubFileEntry, name: string, start: number, { status, headers }: Response): void {
    const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
    if (status !== 206)
      throw invalidData(
        name,
        sayLater('cannot be fetched in parts from where the hub keeps it. Fetch it yourself and give it as your own.'),
        { status },
      );
    const same = this.kept.isSame(entry.path, headers.get('etag'));
    if (same && (size === undefined || (Number(size) === entry.size && Number(from) === start))) return;
    this.kept.forget(entry.path);
    throw invalidData(name, sayLater('has changed on the hub while it was fetched. List the data set again.'), { status });
  }
}
