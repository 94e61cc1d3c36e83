/** Measures the found network as int8, a few examples at a time, so that the worker keeps answering. One measurement at a time. */
import type { Search } from '../core/runs/search';
import type { SearchDependencies } from '../core/search/kit';
import { evaluate, type EvaluationData } from '../core/search/training/evaluate';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { taskFor } from '../core/tasks/index';
import { WorkbenchError } from '../core/errors';
import type { ExportedRun } from '../exporters/exporter';
import { int8NetworkOf } from '../exporters/int8/int8Network';
import type { Measured, MeasuringProgress } from '../protocol/protocol';

export type Tell = (progress: MeasuringProgress) => void;

/** Multiply-accumulates between two answers: some tenth of a second. */
const MACS_AT_A_TIME = 1e7;
/** Milliseconds between two reports of progress. */
const TOLD_EVERY = 100;

/** Ends a measurement where it pauses. */
class Ended extends Error {}

export class Int8Measurement {
  /** Number of the newest call, which ends all before it. */
  #newest = 0;
  #measuring: Promise<unknown> = Promise.resolve();

  constructor(private readonly dependencies: SearchDependencies) {}

  /**
   * It rounds as devices do.
   * @returns null when it was ended
   * @throws WorkbenchError `busy` without a result, and what `evaluate` throws
   */
  async measure(run: ExportedRun, search: Pick<Search, 'result' | 'testSet' | 'config'>, tell: Tell): Promise<Measured | null> {
    const mine = ++this.#newest;
    const ended = () => mine !== this.#newest;
    await this.#measuring;
    if (ended()) return null;
    const { result, testSet, config } = search;
    const { model } = run;
    if (!result || !model)
      throw new WorkbenchError('busy', 'No network is found yet, so there is none to measure. Let the search end first.');
    const macs = result.costs.final.macs ?? MACS_AT_A_TIME;
    const batchSize = Math.max(1, Math.min(testSet.batchSize, Math.floor(MACS_AT_A_TIME / macs)));
    const createInference = async () => quantizedInference((await int8NetworkOf(run)).graph, 'double');
    const measured = this.#evaluate({ ...testSet, batchSize }, tell, ended, (data, pause) =>
      evaluate(model, data, taskFor(config.task), { createInference, lossOf: this.dependencies.lossOf }, pause),
    );
    this.#measuring = measured.catch(() => {});
    return measured;
  }

  /** Ends what is under way, and waits until it no longer reads the run's examples. */
  async end(): Promise<void> {
    this.#newest++;
    await this.#measuring;
  }

  async #evaluate(
    data: EvaluationData,
    tell: Tell,
    ended: () => boolean,
    score: (data: EvaluationData, pause: () => Promise<void>) => Promise<Measured>,
  ): Promise<Measured | null> {
    const { host } = this.dependencies;
    const total = data.examples.count;
    const started = host.now();
    let [done, told] = [0, started];
    const pause = async () => {
      await host.pause();
      if (ended()) throw new Ended();
      done = Math.min(total, done + data.batchSize);
      const now = host.now();
      if (now - told < TOLD_EVERY && done < total) return;
      told = now;
      tell({ done, total, leftMs: ((now - started) / done) * (total - done) });
    };
    try {
      const { quality, parts } = await score(data, pause);
      return { quality, ...(parts && { parts }) };
    } catch (error) {
      if (error instanceof Ended) return null;
      throw error;
    }
  }
}
