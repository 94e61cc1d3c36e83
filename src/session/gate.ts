/** Holds a running search between two steps. */
export class Gate {
  #open: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;

  get closed(): boolean {
    return this.#release !== null;
  }

  close(): void {
    if (this.#release) return;
    this.#open = new Promise((resolve) => (this.#release = resolve));
  }

  open(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Resolves while the gate is open. */
  passed(): Promise<void> {
    return this.#open;
  }
}
