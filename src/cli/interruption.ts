/** Ends a command that gets a signal, or whose output pipe has been closed by its reader. */
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Reason = (typeof signals)[number] | 'SIGPIPE';

/** Signals within this time count as one: a terminal signals a whole group of processes, and npm and `timeout` pass theirs on as well. */
const SAME_WISH_MS = 300;

/** Thrown at points where a command that has postponed its end may end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Ends the process at the first signal, or at the second one when the command has postponed its end. */
export class Interruption {
  #reason: Reason | null = null;
  #since = 0;
  #deferred = false;

  /** @param exit ends the process with a status */
  constructor(private readonly exit: (status: number) => void) {}

  /** Starts to handle the process's signals. */
  listen(): void {
    for (const signal of signals) process.on(signal, () => this.receive(signal));
  }

  /** Postpones the end: the first signal no longer ends the process, and the command ends itself at the next `check` or `pause`. */
  defer(): void {
    this.#deferred = true;
  }

  /** The command has finished what it postponed its end for. */
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

  /** The signal or closed pipe that asks the command to end, null when nothing does. */
  get reason(): Reason | null {
    return this.#reason;
  }

  /** The exit status for that reason, which is 128 and the signal's number; null without one. */
  get status(): number | null {
    return this.#reason && statusOf(this.#reason);
  }

  /** @throws Interrupted when the command was asked to end */
  check(): void {
    if (this.#reason !== null) throw new Interrupted(this.#reason);
  }

  /** Lets signals and timers have their turn. */
  async turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** The same. @throws Interrupted when the command was asked to end */
  async pause(): Promise<void> {
    await this.turn();
    this.check();
  }
}

function statusOf(reason: Reason): number {
  return 128 + constants.signals[reason];
}
