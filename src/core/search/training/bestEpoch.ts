/** The best epoch of a phase, judged on the validation pictures, and when to stop waiting for a better one. */
import type { Variable } from '@tensorflow/tfjs-core';
import { Snapshot } from './snapshot';

export interface Validation {
  readonly loss: number;
  readonly accuracy: number;
}

export class BestEpoch {
  // The start stands in for an epoch until there is one, so that memory is the same in every epoch.
  #best: { readonly accuracy: number; readonly loss: number; readonly snapshot: Snapshot };
  #waited = 0;

  /**
   * @param patience epochs without a better one after which a phase ends; 0 for never
   * @param from the first epoch that counts, from 0
   */
  constructor(
    private readonly variables: readonly Variable[],
    private readonly patience: number,
    private readonly from = 0,
  ) {
    this.#best = { accuracy: -1, loss: Infinity, snapshot: new Snapshot(variables) };
  }

  /** Takes in an epoch's validation; true when the phase should end. Of equal accuracies the smaller loss is better. */
  take({ accuracy, loss }: Validation, epoch: number): boolean {
    if (epoch < this.from) return false;
    const { accuracy: highest, loss: least } = this.#best;
    if (accuracy < highest || (accuracy === highest && loss >= least)) {
      this.#waited += 1;
      return this.patience > 0 && this.#waited >= this.patience;
    }
    this.#waited = 0;
    this.#best.snapshot.dispose();
    this.#best = { accuracy, loss, snapshot: new Snapshot(this.variables) };
    return false;
  }

  /** Sets the variables back to where they were after the best epoch. */
  restore(): void {
    this.#best.snapshot.restore();
  }

  dispose(): void {
    this.#best.snapshot.dispose();
  }
}
