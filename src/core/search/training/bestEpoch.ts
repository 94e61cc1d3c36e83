/** Finds the best epoch of a phase by the validation examples, and decides when to stop waiting for a better one. */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { isBetter, type Quality } from '../../tasks/task';
import type { Score } from './evaluate';
import { Snapshot } from './snapshot';

export class BestEpoch {
  // The start counts as the best epoch at first, so that memory is the same in every epoch.
  #best: { readonly score: Score | null; readonly snapshot: Snapshot };
  #waited = 0;

  /**
   * @param quality says which of two scores is better
   * @param patience epochs without a better one after which a phase ends; 0 for never
   * @param from the first epoch that counts, from 0
   */
  constructor(
    private readonly variables: readonly Variable[],
    private readonly quality: Pick<Quality, 'better'>,
    private readonly patience: number,
    private readonly from = 0,
  ) {
    this.#best = { score: null, snapshot: new Snapshot(variables) };
  }

  /** Records an epoch's validation score; true when the phase should end. If qualities are equal, the smaller loss is better. */
  take(score: Score, epoch: number): boolean {
    if (epoch < this.from) return false;
    if (!this.#isBest(score)) {
      this.#waited += 1;
      return this.patience > 0 && this.#waited >= this.patience;
    }
    this.#waited = 0;
    this.#best.snapshot.dispose();
    this.#best = { score, snapshot: new Snapshot(this.variables) };
    return false;
  }

  #isBest({ quality, loss }: Score): boolean {
    const { score } = this.#best;
    if (!score) return true;
    return isBetter(this.quality, quality, score.quality) || (quality === score.quality && loss < score.loss);
  }

  /** The variables' values after the best epoch. */
  get values(): Tensor[] {
    return this.#best.snapshot.values;
  }

  /** Takes over from the same object of an earlier sitting. @param data what its `values` were */
  goOn(scores: readonly Score[], data: readonly Float32Array[]): void {
    scores.forEach((score, epoch) => this.take(score, epoch));
    this.#best.snapshot.dispose();
    this.#best = { ...this.#best, snapshot: new Snapshot(this.variables, data) };
  }

  /** Sets the variables to their values after the best epoch. */
  restore(): void {
    this.#best.snapshot.restore();
  }

  dispose(): void {
    this.#best.snapshot.dispose();
  }
}
