/** Adam's moments in the kernels' memory, and the count of steps that goes with them. */
import type { OptimizerState } from '../../../core/search/training/optimizers';
import type { OptimizerKind } from '../../../core/config/searchConfig';
import type { StepCount } from '../stepCount';
import type { MomentPlaces } from './lowering';

/** All parameters of an optimizer have their moments in one row here. */
const ROW = 'all';

export class Moments {
  readonly #first: Float32Array;
  readonly #second: Float32Array;

  constructor(
    memory: WebAssembly.Memory,
    { first, second, count }: MomentPlaces,
    private readonly optimizer: OptimizerKind,
    private readonly steps: StepCount,
  ) {
    this.#first = new Float32Array(memory.buffer, first, count);
    this.#second = new Float32Array(memory.buffer, second, count);
  }

  state(): OptimizerState {
    const { steps } = this.steps;
    // Without a step they are zeros, and gradient descent has none.
    const moments = this.optimizer === 'adam' && steps > 0 ? [{ name: ROW, first: this.#first.slice(), second: this.#second.slice() }] : [];
    return { steps, moments };
  }

  restore({ steps, moments }: OptimizerState): void {
    this.steps.steps = steps;
    for (const { first, second } of moments) {
      this.#first.set(first);
      this.#second.set(second);
    }
  }
}
