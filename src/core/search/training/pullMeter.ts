/** Adds up how the task's loss and the penalty pull at an architecture while it is searched, and gives the means now and then. */
import type { Architecture } from './architecture';
import { penaltyGradient } from './penaltyGradient';
import type { StepControls } from './trainingStep';

/** Sums since the means were given last. Plain data, which a later sitting goes on with. */
export interface PullSums {
  /** Steps that moved the architecture parameters. */
  readonly steps: number;
  /** In the order of the architecture's `pulled`. */
  readonly task: readonly number[];
  readonly penalty: readonly number[];
}

/** A step's values before the expected costs: loss, quality and penalty. */
const BEFORE_COSTS = 3;
/** The most means of one phase, so that what is kept of a run stays small. */
const MOST = 20;
/** The fewest steps of a mean. */
const FEWEST = 4;

type Moment = Pick<StepControls, 'penalties'> & { readonly temperature: number };

export class PullMeter {
  /** The steps under way, whose values are not read yet; null for one that leaves the parameters alone. */
  readonly #under: (Moment | null)[] = [];
  readonly #every: number;

  /** @param steps of the whole phase */
  constructor(
    private readonly architecture: Architecture,
    steps: number,
  ) {
    this.#every = Math.max(FEWEST, Math.ceil(steps / MOST));
  }

  /** Notes what the next step runs under. */
  begin({ archRate, penalties }: StepControls): void {
    this.#under.push(archRate > 0 ? { penalties, temperature: this.architecture.formula?.temperature() ?? 1 } : null);
  }

  /** Takes the values of the earliest step that has begun, as it packs them. */
  take(row: Float32Array, sums: PullSums | null): PullSums | null {
    const moment = this.#under.shift() ?? null;
    if (!moment) return sums;
    const { metrics, readingNames, pulled } = this.architecture;
    const [costs, readings, gradient] = cut(row, BEFORE_COSTS, [metrics.length, readingNames.length, pulled.length]);
    const values = { ...moment, costs: costs as Float32Array, readings: readings as Float32Array };
    const { penalty, regularization } = penaltyGradient(this.architecture, values);
    const whole = gradient as Float32Array;
    const own = (of: readonly number[], at: number) => of[at] as number;
    // A descent goes against the gradient.
    const less = (before: readonly number[] | undefined, slopeAt: (at: number) => number) =>
      pulled.map((_, at) => (before?.[at] ?? 0) - slopeAt(at));
    return {
      steps: (sums?.steps ?? 0) + 1,
      task: less(sums?.task, (at) => (whole[at] as number) - own(penalty, at) - own(regularization, at)),
      penalty: less(sums?.penalty, (at) => own(penalty, at)),
    };
  }

  /** Whether the means are to be given. */
  due({ steps }: PullSums): boolean {
    return steps >= this.#every;
  }

  /** The means, as an event tells them. */
  means({ steps, task, penalty }: PullSums) {
    const mean = (sums: readonly number[]) => sums.map((sum) => sum / steps);
    return { steps, of: this.architecture.pulled, task: mean(task), penalty: mean(penalty) };
  }
}

function cut(row: Float32Array, from: number, lengths: readonly number[]): Float32Array[] {
  let at = from;
  return lengths.map((length) => row.subarray(at, (at += length)));
}
