/** The class over HTTP: each address below `/pool`, and the page for all others. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { ClassAnswer, Refusal } from '../../core/runs/pool/pooledRun';
import type { Asker, Pool } from './pool';
import { readJson } from './readJson';
import { Refused } from './refused';
import { assertKnownHost, assertOwnPage } from './sameSite';

/** How long a refused body is still taken off the line, so that its sender gets to read the answer. */
const DRAIN_MS = 2000;

const codeOf = v.strictObject({ code: v.pipe(v.string(), v.maxLength(100)) });
const openOf = v.strictObject({ open: v.boolean() });

export interface Classroom {
  readonly pool: Pool;
  /** Answers all that is not below `/pool`. */
  readonly page: RequestListener;
  /** Names under which the server is known, in lower case; addresses always are. */
  readonly names: ReadonlySet<string>;
  /** Where members find the page. */
  readonly addresses: readonly string[];
}

/** What is asked and by whom. */
interface Asked {
  readonly request: IncomingMessage;
  readonly classroom: Classroom;
  /** The number at the end of the address. */
  readonly number: number;
  /** How far the sender knows the changes. */
  readonly after: number;
  /** @throws Refused for a token that is none */
  readonly asker: () => Asker;
}

interface Answer {
  readonly status: number;
  /** Left out where the status says all. */
  readonly json?: string;
}

type Route = (asked: Asked) => Answer | Promise<Answer>;

const answer = (status: number, content: unknown): Answer => ({ status, json: JSON.stringify(content) });
const done: Answer = { status: 204 };

/** By method and path, with `N` for a number. */
const routes: Readonly<Record<string, Route>> = {
  'GET /pool': ({ classroom: { pool } }) => answer(200, { open: pool.open }),
  'POST /pool/members': async ({ request, classroom: { pool } }) => answer(201, pool.join(parsed(codeOf, await readJson(request)).code)),
  'POST /pool/teachers': async ({ request, classroom: { pool } }) =>
    answer(201, { token: pool.lead(parsed(codeOf, await readJson(request)).code) }),
  'DELETE /pool/members/N': ({ classroom: { pool }, asker, number }) => {
    pool.removeMember(asker(), number);
    return done;
  },
  'GET /pool/runs': ({ classroom: { pool }, asker, after }) => {
    asker();
    return { status: 200, json: pool.changesAfter(after) };
  },
  'POST /pool/runs': async ({ request, classroom: { pool }, asker }) => {
    const from = asker();
    return answer(201, { run: pool.share(from, keyOf(request), await readJson(request)) });
  },
  'DELETE /pool/runs/N': ({ classroom: { pool }, asker, number }) => {
    pool.remove(asker(), number);
    return done;
  },
  'DELETE /pool/runs': ({ classroom: { pool }, asker }) => {
    pool.clear(asker());
    return done;
  },
  'GET /pool/class': ({ classroom: { pool, addresses }, asker }) =>
    answer(200, { ...pool.overview(asker()), addresses } satisfies ClassAnswer),
  'PUT /pool/class': async ({ request, classroom: { pool }, asker }) => {
    const from = asker();
    pool.setOpen(from, parsed(openOf, await readJson(request)).open);
    return done;
  },
};

/** @returns what answers every request of the server */
export function answerWith(classroom: Classroom): RequestListener {
  return (request, response) => {
    try {
      assertKnownHost(request.headers.host, classroom.names);
      const url = urlOf(request);
      if (url.pathname === '/pool' || url.pathname.startsWith('/pool/')) {
        assertOwnPage(request.headers);
        void answerPool(classroom, url, request, response);
      } else openPage(classroom, url, request, response);
    } catch (error) {
      refuse(error, request, response);
    }
  };
}

function urlOf({ url }: IncomingMessage): URL {
  try {
    return new URL(url ?? '', 'http://class');
  } catch {
    throw new Refused('bad-request', 'This is no address.');
  }
}

/** The page looks for a class only where its address says that there is one, since other hosts have none. */
function openPage(classroom: Classroom, url: URL, request: IncomingMessage, response: ServerResponse): void {
  if (url.pathname === '/' && !url.searchParams.has('class'))
    response.writeHead(302, { Location: '/?class', 'Cache-Control': 'no-store' }).end();
  else classroom.page(request, response);
}

async function answerPool(classroom: Classroom, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const [, path, number] = /^(.*?)(?:\/(\d{1,9}))?$/.exec(url.pathname) as unknown as [string, string, string | undefined];
    const route = routes[`${request.method} ${path}${number === undefined ? '' : '/N'}`];
    if (!route) throw new Refused('not-found', 'The class has no such address.');
    const after = Number(url.searchParams.get('after') ?? 0);
    const asker = () => classroom.pool.askerOf(/^Bearer ([0-9a-f]{32})$/.exec(request.headers.authorization ?? '')?.[1]);
    const { status, json } = await route({ request, classroom, number: Number(number), after: Number.isFinite(after) ? after : 0, asker });
    send(response, status, json);
  } catch (error) {
    refuse(error, request, response);
  }
}

/** The key that a page gives a run, and gives again where it hands the run over again. */
function keyOf({ headers }: IncomingMessage): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[0-9a-f]{32}$/.test(key))
    throw new Refused('bad-request', 'A run comes with a key of 32 hexadecimal digits, by which it is known when it comes again.');
  return key;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, json: unknown): T {
  const read = v.safeParse(schema, json);
  if (!read.success) throw new Refused('bad-request', 'The class does not take these fields.');
  return read.output;
}

function refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return;
  if (!(error instanceof Refused)) {
    // A connection that breaks while it sends is its sender's matter.
    if (!request.destroyed) console.error(error);
    send(response, 500, JSON.stringify({ code: 'bad-request', message: 'The class could not answer this.' }));
    return;
  }
  const { code, message, status } = error;
  if (status === 429) response.setHeader('Retry-After', '60');
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (!request.complete && (length !== undefined || coding !== undefined)) letGo(request, response);
  send(response, status, JSON.stringify({ code, message } satisfies Refusal));
}

/** Ends the connection once the answer is there; a connection that is ended at once loses the answer. */
function letGo(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  request.resume();
  setTimeout(() => request.destroy(), DRAIN_MS).unref();
}

function send(response: ServerResponse, status: number, json: string | undefined): void {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(json !== undefined && { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(json) }),
  });
  response.end(json);
}
