/** The parent's end of a process that runs cells. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Cell, CellAnswer, CellOrder } from './cellMessages';

/** Letters of a process's output that its log keeps: the last ones. */
const KEPT = 64_000;

/** How an order went. `crashed`: the process has ended, or failed in a way that no search should. */
export type OrderEnd =
  { readonly kind: 'done' } | { readonly kind: 'crashed'; readonly log: string } | Extract<CellAnswer, { kind: 'failed' }>;

export class CellWorker {
  readonly #child: ChildProcess;
  #output = '';
  #ended: string | null = null;
  #settle: ((end: OrderEnd) => void) | null = null;
  #progress: (share: number) => void = () => {};
  readonly gone: Promise<void>;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./cellProcess.ts', import.meta.url)), {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const kill = () => void this.#child.kill('SIGKILL');
    process.once('exit', kill);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output = `${this.#output}${text}`.slice(-KEPT)));
    this.#child.on('message', (answer: CellAnswer) => {
      if (answer.kind === 'progress') this.#progress(answer.share);
      else this.#finish(answer);
    });
    this.#child.on('error', ({ message }) => (this.#output += message));
    this.gone = new Promise((resolve) =>
      this.#child.once('close', (status, signal) => {
        process.off('exit', kill);
        this.#ended = `The process ended with ${signal ?? `status ${status}`}.`;
        this.#finish({ kind: 'crashed', log: `${this.#output}\n${this.#ended}\n` });
        resolve();
      }),
    );
  }

  get alive(): boolean {
    return this.#ended === null;
  }

  /** Makes the examples and starts the backend. */
  open(order: Omit<Extract<CellOrder, { kind: 'open' }>, 'kind'>): Promise<OrderEnd> {
    return this.#ask({ kind: 'open', ...order });
  }

  run(cell: Cell, progress: (share: number) => void): Promise<OrderEnd> {
    this.#progress = progress;
    return this.#ask({ kind: 'cell', cell });
  }

  /** Asks it to write its checkpoint and to end; it resolves once it has, at the latest after a while. */
  async end(withinMs: number): Promise<void> {
    if (this.#child.connected) this.#child.send({ kind: 'end' } satisfies CellOrder);
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), withinMs);
    await this.gone;
    clearTimeout(kill);
  }

  #ask(order: CellOrder): Promise<OrderEnd> {
    if (this.#ended !== null) return Promise.resolve({ kind: 'crashed', log: this.#ended });
    this.#output = '';
    const answered = new Promise<OrderEnd>((resolve) => (this.#settle = resolve));
    // An order that no longer arrives is answered by the end of the process.
    this.#child.send(order, () => {});
    return answered;
  }

  #finish(end: OrderEnd): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(end);
  }
}
