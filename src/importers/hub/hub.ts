/** How the Hugging Face hub is spoken to: its addresses, how long to wait, and what its refusals mean. */
import { ToldError, WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { invalidData } from '../invalidData';

export interface Hub {
  /** Lists data sets. */
  readonly viewer: string;
  /** Gives their files, or redirects to hosts that do. */
  readonly files: string;
  readonly fetch: typeof fetch;
  /** Milliseconds before the first further try; each later one waits twice as long. */
  readonly firstWaitMs: number;
  /** A connection that gives nothing for so many milliseconds is broken. */
  readonly stallMs: number;
}

export const huggingFace: Hub = {
  viewer: 'https://datasets-server.huggingface.co',
  files: 'https://huggingface.co',
  fetch: (...args) => fetch(...args),
  firstWaitMs: 1000,
  stallMs: 30_000,
};

/** All hosts that are contacted. Files are redirected to storage below the last two. */
export const hubHosts = ['huggingface.co', '*.huggingface.co', '*.hf.co'] as const;

/** So often a request is repeated. */
const MOST_TRIES = 4;
/** A server that asks for a longer pause is not waited for. */
const MOST_WAIT_MS = 60_000;

/** A failure that may pass by itself. */
class Passing extends ToldError {
  constructor(
    told: Told,
    readonly waitMs = 0,
    /** Of the server's answer, if there was one. */
    readonly status?: number,
  ) {
    super(told);
  }
}

export const interrupted = (): Error => new Passing(sayLater('the connection ended early'));

/**
 * Repeats a request up to four times, with growing pauses, while its failures may pass.
 * @param attempt returns how it went: `true` when it is done, `false` when it came further and may be repeated afresh
 * @throws WorkbenchError `cancelled`; `invalid-data` for what the server refuses, or, with `mayPass` in its details, when it cannot be reached
 */
export async function persist(
  hub: Hub,
  what: Told,
  signal: AbortSignal,
  attempt: (signal: AbortSignal, alive: () => void) => Promise<boolean>,
): Promise<void> {
  const isStopped = () => signal.aborted;
  for (let tries = 0; ;) {
    if (isStopped()) throw cancelled();
    try {
      if (await watched(hub, signal, attempt)) return;
      tries = 0;
    } catch (reason) {
      if (isStopped()) throw cancelled();
      if (reason instanceof WorkbenchError) throw reason;
      if (!(reason instanceof Passing)) throw reason;
      const { told: message, status, waitMs: asked } = reason;
      if (tries === MOST_TRIES || asked > MOST_WAIT_MS)
        throw new WorkbenchError(
          'invalid-data',
          asked > MOST_WAIT_MS
            ? sayLater('{what} could not be fetched: {message}. Check the connection and try again.', {
                what,
                message,
              })
            : sayLater(
                '{what} could not be fetched: {message}, {tries, plural, one {# time} other {# times}}. Check the connection and try again.',
                { what, message, tries: tries + 1 },
              ),
          { status, mayPass: true },
        );
      await pause(Math.max(asked, hub.firstWaitMs * 2 ** tries++), signal);
    }
  }
}

/** An attempt that ends when nothing is heard for a while. */
async function watched(hub: Hub, signal: AbortSignal, attempt: Parameters<typeof persist>[3]): Promise<boolean> {
  const stalled = new AbortController();
  const stall = () => stalled.abort();
  let timer = setTimeout(stall, hub.stallMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(stall, hub.stallMs);
  };
  try {
    return await attempt(AbortSignal.any([signal, stalled.signal]), alive);
  } catch (reason) {
    if (stalled.signal.aborted) throw new Passing(sayLater('nothing came for {seconds} s', { seconds: Math.round(hub.stallMs / 1000) }));
    // What a browser's and Node's fetch throw when there is no answer.
    if (reason instanceof TypeError) throw new Passing(sayLater('there is no connection, or it broke'));
    throw reason;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param what is asked for, as the start of a sentence
 * @throws WorkbenchError `invalid-data` for a refusal that stays; another error for one that may pass
 */
export async function assertGiven(response: Response, what: Told): Promise<void> {
  const { status, ok, headers } = response;
  if (ok) return;
  const words = await refusalOf(response);
  if (status === 429) {
    const waitMs = askedPause(headers);
    const why =
      waitMs > 0
        ? sayLater('the hub takes no more requests from here for now; it asks to wait {seconds} s', { seconds: Math.ceil(waitMs / 1000) })
        : sayLater('the hub takes no more requests from here for now');
    throw new Passing(why, waitMs, status);
  }
  if (status === 408 || (status >= 500 && status !== 501))
    throw new Passing(sayLater('the hub answers {status}{said}', { status, said: words }), askedPause(headers), status);
  const why =
    status === 401 || status === 403
      ? sayLater(
          'is not given to everybody: it does not exist, or it is private or needs an account, which is not used here. Check the spelling, or fetch its files yourself and give them as your own.',
        )
      : status === 404
        ? sayLater('is not there. Check the spelling of OWNER/NAME on huggingface.co/datasets.')
        : status === 416
          ? sayLater('has changed on the hub meanwhile. List the data set again.')
          : sayLater('is refused with {status}{said}. Fetch its files yourself and give them as your own.', { status, said: words });
  throw invalidData(what, why, { status });
}

/** The server's own words, of an answer in JSON. */
async function refusalOf(response: Response): Promise<string> {
  const { error } = (await response.json().catch(() => ({}))) as { error?: unknown };
  return typeof error === 'string' ? ` (${error.slice(0, 300).replace(/\.$/, '')})` : '';
}

/** Milliseconds. Browsers do not show these headers to a page of another host. */
function askedPause(headers: Headers): number {
  const seconds = headers.get('retry-after') ?? /(?:^|;)\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  return seconds !== undefined && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : 0;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

export function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', sayLater('Stopped. What was fetched is kept for now: the same choice goes on from there.'));
}

/** Requests tell the hub no more than they have to. */
export const plainRequest = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const;
