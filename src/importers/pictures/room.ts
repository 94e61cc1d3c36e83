/** Bounds what several tasks take at a time. */

/** Lets in as much at a time as there is room for, or one that is larger, in the order of their coming. */
export class Room {
  #taken = 0;
  readonly #waiting: { readonly size: number; readonly enter: () => void }[] = [];

  constructor(private readonly most: number) {}

  async enter(size: number): Promise<void> {
    if (this.#waiting.length > 0 || !this.#fits(size)) await new Promise<void>((enter) => this.#waiting.push({ size, enter }));
    else this.#taken += size;
  }

  leave(size: number): void {
    this.#taken -= size;
    for (let first = this.#waiting[0]; first && this.#fits(first.size); first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#taken += first.size;
      first.enter();
    }
  }

  readonly #fits = (size: number) => this.#taken === 0 || this.#taken + size <= this.most;
}
