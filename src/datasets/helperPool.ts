/** Spreads the work of an import over helper threads. */
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import type { ExampleWork, FeatureKind } from '../importers/exampleImporter';
import type { HelperAnswer, HelperCall } from './helper';
import { promptCollection } from './promptCollection';

/** What the pool needs of a thread. */
export type HelperThread = Pick<Worker, 'postMessage' | 'onmessage' | 'onerror'>;

/** So many calls wait at a helper: one is computed while the next is on its way. More would fill the memory with decoded photographs. */
const IN_FLIGHT = 4;

type Made = Uint8Array | Float32Array | null;
type Call<Of extends HelperCall['kind']> = Omit<Extract<HelperCall, { kind: Of }>, 'id'>;

interface Waiting {
  readonly call: Call<'picture'> | Call<'features'>;
  /** What moves with the call. */
  readonly buffer: ArrayBufferLike;
  readonly resolve: (made: Made) => void;
  readonly reject: (reason: WorkbenchError) => void;
}

interface Helper {
  readonly thread: HelperThread;
  /** Calls that it has not answered. */
  busy: number;
}

export class HelperPool implements ExampleWork {
  readonly #threads: Helper[] = [];
  readonly #asked = new Map<number, Waiting>();
  readonly #queue: Waiting[] = [];
  #failure: WorkbenchError | null = null;
  #calls = 0;
  #answers = 0;

  /** @param most threads to start; each is started when the others are busy */
  constructor(
    private readonly createThread: () => HelperThread,
    private readonly most: number,
  ) {}

  picture(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array | null> {
    // A copy moves, since the file's own bytes may be part of something else.
    const own = bytes.slice();
    return this.#ask({ kind: 'picture', bytes: own, width, height }, own.buffer) as Promise<Uint8Array | null>;
  }

  features(samples: Float32Array, feature: FeatureKind): Promise<Float32Array | null> {
    const own = samples.slice();
    return this.#ask({ kind: 'features', samples: own, feature }, own.buffer) as Promise<Float32Array | null>;
  }

  #ask(call: Waiting['call'], buffer: ArrayBufferLike): Promise<Made> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#queue.push({ call, buffer, resolve, reject });
      this.#send();
    });
  }

  #send(): void {
    while (this.#queue.length > 0) {
      const helper = this.#free();
      if (!helper) return;
      const waiting = this.#queue.shift() as Waiting;
      const id = this.#calls++;
      this.#asked.set(id, waiting);
      helper.busy += 1;
      helper.thread.postMessage({ id, ...waiting.call } as HelperCall, [waiting.buffer as ArrayBuffer]);
    }
  }

  /** The helper with the least to do, or a new one; null when all are busy. */
  #free(): Helper | null {
    const [idlest] = this.#threads.toSorted((a, b) => a.busy - b.busy);
    if (idlest?.busy === 0) return idlest;
    if (this.#threads.length < this.most) return this.#start();
    return idlest && idlest.busy < IN_FLIGHT ? idlest : null;
  }

  #start(): Helper {
    const helper: Helper = { thread: this.createThread(), busy: 0 };
    this.#threads.push(helper);
    helper.thread.onmessage = ({ data }: MessageEvent<HelperAnswer>) => {
      helper.busy -= 1;
      this.#settle(data);
      this.#send();
    };
    helper.thread.onerror = ({ message }: Partial<ErrorEvent>) =>
      // Its script is part of this one, so an error event without a message is no missing file.
      this.#fail(
        new WorkbenchError(
          'internal',
          message
            ? sayLater('A thread that reads examples broke down: {message}. Try again.', { message })
            : sayLater(
                'The browser did not start a thread that reads examples, and gave no reason; it may be short of memory. Close other pages, then try again.',
              ),
        ),
      );
    return helper;
  }

  #settle(answer: HelperAnswer): void {
    const waiting = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    promptCollection(++this.#answers);
    if (!('error' in answer)) return waiting?.resolve(answer.made);
    const { code, message, details } = answer.error;
    waiting?.reject(new WorkbenchError(code, message, details));
  }

  /** A thread that broke down answers nothing any more, so nothing else is worth waiting for. */
  #fail(failure: WorkbenchError): void {
    this.#failure = failure;
    for (const { reject } of [...this.#asked.values(), ...this.#queue.splice(0)]) reject(failure);
    this.#asked.clear();
  }
}
