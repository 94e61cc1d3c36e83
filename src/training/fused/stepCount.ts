import type { OptimizerKind } from '../../core/config/searchConfig';
import { beta1, beta2 } from '../../kernels/optimizer/constants';

/** The numbers that an optimizer kernel reads anew at each step. */
export class StepCount {
  #steps = 0;

  /** @param controls [rate, second-moment correction, weight decay], updated at each step */
  constructor(
    private readonly optimizer: OptimizerKind,
    weightDecay: number,
    private readonly controls: Float32Array,
  ) {
    controls[2] = weightDecay;
  }

  /** Steps counted so far; set to go on from there. */
  get steps(): number {
    return this.#steps;
  }

  set steps(steps: number) {
    this.#steps = steps;
  }

  /** Counts a step, and returns the controls for it. */
  next(rate: number): Float32Array {
    this.#steps += 1;
    this.controls[0] = this.optimizer === 'adam' ? rate / (1 - beta1 ** this.#steps) : rate;
    this.controls[1] = 1 / (1 - beta2 ** this.#steps);
    return this.controls;
  }
}
