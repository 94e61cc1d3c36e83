/** Counts what happened within the last minute, to refuse what comes too often. */
const MINUTE_MS = 60_000;

export class PerMinute {
  readonly #times: number[] = [];

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  /** How often within the last minute. */
  get count(): number {
    const since = this.now() - MINUTE_MS;
    while (this.#times.length > 0 && (this.#times[0] as number) <= since) this.#times.shift();
    return this.#times.length;
  }

  /** Whether it may not happen again now. */
  get full(): boolean {
    return this.count >= this.most;
  }

  add(): void {
    this.#times.push(this.now());
  }
}
