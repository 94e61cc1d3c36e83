/** How far an import is, on stderr: in one changing line on a terminal, or a line now and then elsewhere. */
import type { WriteStream } from 'node:tty';

/** Milliseconds between two lines. A short import shows none. */
const [ON_TERMINAL, ELSEWHERE] = [200, 10_000];

export class ImportProgress {
  #last: number;
  #shown = false;

  constructor(
    private readonly stream: Pick<WriteStream, 'isTTY' | 'write'>,
    private readonly name: string,
    private readonly now: () => number,
  ) {
    this.#last = now();
  }

  show(done: number, total: number): void {
    this.#tell(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} files read`);
  }

  /** Of files that come from elsewhere. */
  showBytes(done: number, total: number): void {
    this.#tell(`${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB fetched`);
  }

  #tell(what: string): void {
    if (this.now() - this.#last < (this.stream.isTTY ? ON_TERMINAL : ELSEWHERE)) return;
    this.#last = this.now();
    this.#shown = true;
    const text = `${this.name}: ${what}`;
    this.stream.write(this.stream.isTTY ? `\r${text}` : `${text}\n`);
  }

  /** Ends the changing line. */
  end(): void {
    if (this.#shown && this.stream.isTTY) this.stream.write('\n');
  }
}
