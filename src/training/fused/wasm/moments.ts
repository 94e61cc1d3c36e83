/** An optimizer's moments in the kernels' memory, and the counts of steps that go with them. */
import { momentsOf, type OptimizerState } from '../../../core/search/training/optimizers';
import type { OptimizerKind } from '../../../core/config/searchConfig';
import type { StepCount } from '../stepCount';
import type { Group } from './groups';
import type { MomentPlaces } from './lowering';

/** Parameters that move together, and how often they have. Their moments lie where the ranges say. */
export interface CountedGroup extends Pick<Group, 'name' | 'ranges'> {
  readonly steps: StepCount;
}

export class Moments {
  /** As many as the optimizer keeps. */
  readonly #moments: readonly Float32Array[];

  constructor(
    memory: WebAssembly.Memory,
    { first, second, count }: MomentPlaces,
    optimizer: OptimizerKind,
    private readonly groups: readonly CountedGroup[],
  ) {
    this.#moments = [first, second].slice(0, momentsOf[optimizer]).map((at) => new Float32Array(memory.buffer, at, count));
  }

  state(): OptimizerState {
    const [first, second] = this.#moments;
    if (!first) return { moments: [] };
    // Without a step they are zeros.
    const moved = this.groups.filter(({ steps }) => steps.steps > 0);
    const moments = moved.map(({ name, ranges, steps: { steps } }) => ({
      name,
      steps,
      first: picked(first, ranges),
      second: second ? picked(second, ranges) : null,
    }));
    return { moments };
  }

  restore({ moments }: OptimizerState): void {
    for (const { name, steps, first, second } of moments) {
      const group = this.groups.find((one) => one.name === name) as CountedGroup;
      group.steps.steps = steps;
      [first, second].forEach((values, index) => values && put(this.#moments[index] as Float32Array, group.ranges, values));
    }
  }
}

function picked(values: Float32Array, ranges: Group['ranges']): Float32Array {
  const all = new Float32Array(ranges.reduce((total, { count }) => total + count, 0));
  let at = 0;
  for (const { from, count } of ranges) {
    all.set(values.subarray(from, from + count), at);
    at += count;
  }
  return all;
}

function put(values: Float32Array, ranges: Group['ranges'], picked: Float32Array): void {
  let at = 0;
  for (const { from, count } of ranges) values.set(picked.subarray(at, (at += count)), from);
}
