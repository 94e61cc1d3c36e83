/** The file of `--checkpoint`: read at the start, and written again every few minutes, on signals and at the end. */
import { readFileSync, statSync } from 'node:fs';
import { assertSameRun, readCheckpoint, writeCheckpoint, type Checkpoint, type RunIdentity } from '../core/runs/checkpoint/checkpointFile';
import { durationText } from '../core/runs/progress';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import type { Controls } from '../core/search/pressure';
import { reportError, usageError } from './exit';
import type { Interruption } from './interruption';
import { OutputFile, partOf, placeOf } from './outputFile';

/** Time between two writes that nobody asks for. */
const EVERY_MS = 3 * 60_000;

/** A search under way. */
interface Captured {
  /** Whether all that it trained is known. On a graphics card it is once an eager step has been read. */
  capturable(): boolean;
  /** What to write. It is called where the search pauses and is capturable, and at its end. */
  capture(): Promise<Checkpoint>;
}

export class CheckpointKeeper {
  #path: string;
  #file: OutputFile;
  /** What the file was like when this process read or wrote it last. */
  #stamp: string | null;
  readonly #found: Checkpoint | null;
  #search: Captured | null = null;
  #controls: Pick<Controls, 'eager'> = { eager: false };
  #written = performance.now();
  /** Whether somebody asked for a checkpoint by a signal. */
  #asked = false;
  #lies = false;
  readonly #ask = () => (this.#asked = true);

  /**
   * @param others what the search writes besides
   * @throws WorkbenchError `invalid-setting` when the file cannot be written, and what `readCheckpoint` throws
   */
  constructor(
    path: string,
    others: readonly string[],
    private readonly everyMs = EVERY_MS,
  ) {
    const place = placeOf(path);
    if (others.some((other) => [other, partOf(other)].some((one) => placeOf(one) === place)))
      throw usageError(`--checkpoint: ${path} is a file that --out writes too. Name another one.`);
    this.#path = path;
    this.#stamp = stampOf(path);
    const bytes = readFound(path);
    this.#found = bytes && readCheckpoint(bytes, RESULTS_VERSION, `--checkpoint: ${path}`);
    this.#file = new OutputFile('--checkpoint', path);
  }

  /**
   * What an earlier sitting of this run has left; null for none.
   * @throws WorkbenchError `invalid-setting` when the file is of another run
   */
  foundFor(run: RunIdentity): Checkpoint | null {
    if (this.#found) assertSameRun(this.#found, run, `--checkpoint: ${this.path}`);
    return this.#found;
  }

  /** Begins to write. @param controls the search's own, by which it is asked for an eager step */
  start(search: Captured, controls: Pick<Controls, 'eager'>): void {
    this.#search = search;
    this.#controls = controls;
    this.#written = performance.now();
    process.on('SIGUSR1', this.#ask);
  }

  /** Listens no longer to signals. */
  close(): void {
    process.off('SIGUSR1', this.#ask);
  }

  /** What to tell people at the start. */
  get line(): string {
    const writes = `It is written every ${durationText(this.everyMs)}, at the end, and when process ${process.pid} gets SIGUSR1.`;
    if (!this.#found) return `checkpoint: ${this.path}. ${writes}`;
    const { finished, search } = this.#found;
    if (finished) return `checkpoint: the search of ${this.path} has ended. This is its result again.`;
    return `checkpoint: going on from ${this.path}, after ${durationText(search.elapsedMs)}. ${writes}`;
  }

  /** Where it is written: as given, unless another program has written there meanwhile. */
  get path(): string {
    return this.#path;
  }

  /** Whether the file holds what was captured last. */
  get lies(): boolean {
    return this.#lies;
  }

  /** The host's pause: writes where it is time to. @throws Interrupted when the command was asked to end */
  async pause(interruption: Interruption): Promise<void> {
    await interruption.turn();
    const due = performance.now() - this.#written >= this.everyMs;
    if (due || this.#asked || interruption.reason !== null) {
      this.#controls.eager = this.#search?.capturable() === false;
      // One more step, after which all is read.
      if (this.#controls.eager) return;
      await this.#write(interruption.reason !== null);
    }
    interruption.check();
  }

  /** The run has ended with a result, which comes into the file. */
  async end(): Promise<void> {
    if (this.#found?.finished) this.#lies = true;
    else await this.#write(true);
  }

  /** A failure is told, and does not end the search. @param last whether nothing will be written after this */
  async #write(last: boolean): Promise<void> {
    if (!this.#search) throw new Error('nothing to capture yet');
    const asked = this.#asked;
    this.#asked = false;
    const content = writeCheckpoint(await this.#search.capture(), RESULTS_VERSION);
    this.#written = performance.now();
    this.#lies = false;
    try {
      this.#makeWay();
      this.#file.write(() => [content], last ? 'elsewhere' : 'later');
      this.#stamp = stampOf(this.path);
      this.#lies = true;
      if (asked) console.error(`checkpoint: written to ${this.path}`);
    } catch (error) {
      reportError(error);
    }
  }

  /** Writes beside the file from now on if another search has written it: two commands may have been given the same name. */
  #makeWay(): void {
    const stamp = stampOf(this.path);
    if (stamp === null || stamp === this.#stamp) return;
    const beside = `${this.path}.${process.pid}`;
    console.error(
      `checkpoint: another program has written ${this.path} since this search began, and the file stays as it is. This search writes ${beside}; name that to go on with it.`,
    );
    this.#file = new OutputFile('--checkpoint', beside);
    this.#path = beside;
  }
}

/** Differs once somebody has written the file; null where there is none, or a device. */
function stampOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeMs}` : null;
}

/** The bytes of a file; null where there is none. @throws WorkbenchError `invalid-setting` */
function readFound(path: string): Uint8Array | null {
  if (path === '') throw usageError('--checkpoint takes the name of a file');
  let found;
  try {
    found = statSync(path, { throwIfNoEntry: false });
    if (!found) return null;
    if (found.isFile()) return readFileSync(path);
  } catch (error) {
    throw usageError(`--checkpoint: ${path} cannot be read: ${(error as Error).message}`);
  }
  throw usageError(`--checkpoint: ${path} is ${found.isDirectory() ? 'a folder' : 'no file that could be read again'}. Name a file.`);
}
