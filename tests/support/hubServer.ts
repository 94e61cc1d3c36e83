/** A small hub on this machine: it lists one data set, redirects its files to a second host, and fails as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hub } from '../../src/importers/hub/hub';
import type { NamedFile } from '../../src/importers/exampleImporter';

/** A request of which the server has heard. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
}

/** Answers in place of the server; false lets it go on. */
type Fault = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface SplitContent {
  readonly config?: string;
  readonly split: string;
  readonly file: NamedFile;
  readonly rows: number;
}

export const DATA_SET = 'someone/things';

/** What the hub answers to the two questions about a data set. */
export async function answersOf(contents: readonly SplitContent[], features: object | null, root: string) {
  const folder = `${root}/datasets/${DATA_SET}/resolve/refs%2Fconvert%2Fparquet`;
  const files = contents.map(({ config = 'default', split, file }, index) => ({
    dataset: DATA_SET,
    config,
    split,
    url: `${folder}/${config}/${split}/${String(index).padStart(4, '0')}.parquet`,
    filename: `${String(index).padStart(4, '0')}.parquet`,
    size: file.size,
  }));
  const configs = [...new Set(contents.map(({ config = 'default' }) => config))];
  const info = configs.map((config) => {
    const splits = contents.filter((one) => (one.config ?? 'default') === config);
    return [
      config,
      { features, splits: Object.fromEntries(splits.map(({ split, rows }) => [split, { name: split, num_examples: rows }])) },
    ] as const;
  });
  const bytes = await Promise.all(contents.map(({ file }) => file.bytes()));
  return {
    parquet: { parquet_files: files, pending: [], failed: [], partial: false },
    info: { dataset_info: Object.fromEntries(info), pending: [], failed: [], partial: false },
    /** Bytes by the path of their address. */
    files: new Map(files.map(({ url }, index) => [new URL(url, 'http://x').pathname, bytes[index] as Uint8Array])),
  };
}

/** The part of a file that a header asks for, as "bytes=2-5". */
export function partOf(bytes: Uint8Array, range: string): { readonly part: Uint8Array; readonly contentRange: string } {
  const [from, to] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).slice(1).map(Number) as [number, number];
  const part = bytes.subarray(from, to + 1);
  return { part, contentRange: `bytes ${from}-${from + part.length - 1}/${bytes.length}` };
}

export class HubServer {
  readonly asked: Asked[] = [];
  /** Each is used once, for the first requests of files. */
  readonly faults: Fault[] = [];
  /** Is asked before everything else. */
  always: Fault = () => false;
  #server: Server | null = null;
  #version = '"1"';
  #answers: Awaited<ReturnType<typeof answersOf>> | null = null;

  async start(contents: readonly SplitContent[], features: object | null = null): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#answers = await answersOf(contents, features, this.address);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  get hub(): Hub {
    return { viewer: this.address, files: this.address, fetch, firstWaitMs: 1, stallMs: 300 };
  }

  /** As when somebody uploads the file anew. */
  change(): void {
    this.#version = '"2"';
  }

  get fileRequests(): readonly Asked[] {
    return this.asked.filter(({ path }) => path.startsWith('/storage/'));
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.address);
    this.asked.push({ path: pathname, range: request.headers.range });
    if (this.always(request, response) !== false) return;
    const answers = this.#answers;
    if (!answers) return void response.writeHead(500).end();
    if (pathname === '/parquet' || pathname === '/info') {
      if (searchParams.get('dataset') !== DATA_SET) {
        json(response, 404, { error: 'Not found.' });
        return;
      }
      json(response, 200, answers[pathname.slice(1) as 'parquet' | 'info']);
      return;
    }
    if (!pathname.startsWith('/storage/')) return void response.writeHead(302, { location: `/storage${pathname}` }).end();
    const fault = this.faults.shift();
    if (fault && fault(request, response) !== false) return;
    const bytes = answers.files.get(pathname.slice('/storage'.length));
    if (!bytes) return void response.writeHead(404).end();
    const { part, contentRange } = partOf(bytes, request.headers.range ?? '');
    response.writeHead(206, { 'content-range': contentRange, 'content-length': part.length, etag: this.#version });
    response.end(part);
  }
}

export function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}
