/** How a command ends when it is asked to: by a signal, or by a reader that has closed the pipe it prints into. */
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Reason = (typeof signals)[number] | 'SIGPIPE';

/** A terminal signals a whole group of processes, and npm and `timeout` pass on what they get: within this time it is all one wish. */
const SAME_WISH_MS = 300;

/** Thrown where a command that has put its end off may end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Ends the process at the first signal, or at the second when the command has put its end off. */
export class Interruption {
  #reason: Reason | null = null;
  #since = 0;
  #deferred = false;

  /** @param exit ends the process with a status */
  constructor(private readonly exit: (status: number) => void) {}

  /** Takes signals of the process from now on. */
  listen(): void {
    for (const signal of signals) process.on(signal, () => this.receive(signal));
  }

  /** The first signal no longer ends the process: the command ends itself, at the next `check` or `pause`. */
  defer(): void {
    this.#deferred = true;
  }

  /** The command has done what it put its end off for. */
  resume(): void {
    this.#deferred = false;
  }

  receive(reason: Reason): void {
    const now = performance.now();
    if (this.#reason === null) {
      [this.#reason, this.#since] = [reason, now];
      if (this.#deferred) return;
    } else if (this.#deferred && (reason === 'SIGPIPE' || now - this.#since < SAME_WISH_MS)) return;
    this.exit(statusOf(reason));
  }

  /** What the command was asked to end by, null when it was not. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** The exit status of what was asked to end: 128 and the signal's number. Null when it was not. */
  get status(): number | null {
    return this.#reason && statusOf(this.#reason);
  }

  /** @throws Interrupted when the command was asked to end */
  check(): void {
    if (this.#reason !== null) throw new Interrupted(this.#reason);
  }

  /** Lets signals and timers have their turn. @throws Interrupted when the command was asked to end */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.check();
  }
}

function statusOf(reason: Reason): number {
  return 128 + constants.signals[reason];
}
