/** An optimizer's moments in the kernels' memory, and the count of steps that goes with them. */
import { momentsOf, type OptimizerState } from '../../../core/search/training/optimizers';
import type { OptimizerKind } from '../../../core/config/searchConfig';
import type { StepCount } from '../stepCount';
import type { MomentPlaces } from './lowering';

/** All parameters of an optimizer have their moments in one row here. */
const ROW = 'all';

export class Moments {
  /** As many as the optimizer keeps. */
  readonly #moments: readonly Float32Array[];

  constructor(
    memory: WebAssembly.Memory,
    { first, second, count }: MomentPlaces,
    optimizer: OptimizerKind,
    private readonly steps: StepCount,
  ) {
    this.#moments = [first, second].slice(0, momentsOf[optimizer]).map((at) => new Float32Array(memory.buffer, at, count));
  }

  state(): OptimizerState {
    const { steps } = this.steps;
    const [first, second] = this.#moments;
    // Without a step they are zeros.
    const moments = first && steps > 0 ? [{ name: ROW, first: first.slice(), second: second?.slice() ?? null }] : [];
    return { steps, moments };
  }

  restore({ steps, moments }: OptimizerState): void {
    this.steps.steps = steps;
    for (const { first, second } of moments) {
      this.#moments[0]?.set(first);
      if (second) this.#moments[1]?.set(second);
    }
  }
}
