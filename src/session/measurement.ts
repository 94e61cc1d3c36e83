/** Measures networks a few examples at a time, so that the worker keeps answering. One measurement at a time. */
import type { SearchDependencies } from '../core/search/kit';
import type { MeasuringProgress } from '../protocol/protocol';

export type Tell = (progress: MeasuringProgress) => void;

/** What is to be measured. */
export interface Measuring<Found> {
  /** How many examples there are. */
  readonly total: number;
  /** @param onBatch must be awaited between batches, with how many examples each had */
  readonly score: (onBatch: (count: number) => Promise<void>) => Promise<Found>;
}

/** Milliseconds between two reports of progress. */
const TOLD_EVERY = 100;

/** Ends a measurement where it pauses. */
class Ended extends Error {}

export class Measurement {
  /** Number of the newest call, which ends all before it. */
  #newest = 0;
  #measuring: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: SearchDependencies['host']) {}

  /**
   * @param begin is called once an earlier measurement has ended
   * @returns null when it was ended
   * @throws what `begin` and its `score` throw
   */
  async measure<Found>(begin: () => Measuring<Found>, tell: Tell): Promise<Found | null> {
    const mine = ++this.#newest;
    const ended = () => mine !== this.#newest;
    await this.#measuring;
    if (ended()) return null;
    const measured = this.#score(begin(), tell, ended);
    this.#measuring = measured.catch(() => {});
    return measured;
  }

  /** Ends what is under way, and waits until it no longer reads any examples. */
  async end(): Promise<void> {
    this.#newest++;
    await this.#measuring;
  }

  async #score<Found>({ total, score }: Measuring<Found>, tell: Tell, ended: () => boolean): Promise<Found | null> {
    const { host } = this;
    const started = host.now();
    let [done, told] = [0, started];
    const onBatch = async (count: number) => {
      await host.pause();
      if (ended()) throw new Ended();
      done = Math.min(total, done + count);
      const now = host.now();
      if (now - told < TOLD_EVERY && done < total) return;
      told = now;
      tell({ done, total, leftMs: ((now - started) / done) * (total - done) });
    };
    try {
      return await score(onBatch);
    } catch (error) {
      if (error instanceof Ended) return null;
      throw error;
    }
  }
}
