/** The constraints of a running search: targets that may move, and the strengths that follow them. */
import type { CostTable } from '../cost/costTable';
import type { MetricId } from '../cost/metrics';
import { shortfall, type Targets } from './constraints';
import type { Costs, SearchEvent } from './events';
import { annealedStrength, finalStrength } from './penalty';
import type { StepControls } from './trainingStep';

/** What a person may change while a search runs. Read at the start of each step; the host replaces values in place. */
export interface Controls {
  targets: Targets;
  /** Grows with every change. */
  revision: number;
  /** Report values after every step. */
  eager: boolean;
}

export class Pressure {
  #revision = -1;
  #targets: Targets = {};
  #strengths: Map<string, number> | null = null;

  /**
   * @param table every metric that may be limited
   * @param steered the metrics that the search is punished for, in the order of its expected costs
   */
  constructor(
    private readonly table: CostTable,
    private readonly controls: Controls,
    private readonly searchEpochs: number,
    private readonly steered: readonly MetricId[] = table.metrics.map(({ id }) => id),
  ) {}

  /** Whether a target changed since the last `takeIn`. */
  get changed(): boolean {
    return this.controls.revision !== this.#revision;
  }

  /** Targets in force. */
  get targets(): Targets {
    return this.#targets;
  }

  /**
   * Takes in the targets as they are now and computes every moved target's strength anew.
   *
   * @param state where the search stands: its reference loss, and the expected costs now; null while no strength is needed
   * @param step number of steps done, for the event
   */
  takeIn(state: { readonly taskLoss: number; readonly costs: Costs } | null, step: number): SearchEvent {
    const before = this.#targets;
    this.#targets = { ...this.controls.targets };
    this.#revision = this.controls.revision;
    if (state) {
      const strengths = new Map<string, number>();
      for (const id of this.steered) {
        const target = this.#targets[id];
        if (target === undefined) continue;
        const kept = before[id] === target ? this.#strengths?.get(id) : undefined;
        strengths.set(id, kept ?? finalStrength(state.taskLoss, state.costs[id] as number, target));
      }
      this.#strengths = strengths;
    }
    return {
      kind: 'targets',
      revision: this.#revision,
      step,
      targets: this.#targets,
      strengths: this.#strengths && Object.fromEntries(this.#strengths),
      shortfall: shortfall(this.table, this.#targets),
    };
  }

  /** Strength and target per steered metric for a search epoch (from 0); no pressure without a target. */
  penalties(epoch: number): StepControls['penalties'] {
    return this.steered.map((id) => {
      const strength = this.#strengths?.get(id);
      const target = this.#targets[id];
      if (strength === undefined || target === undefined) return { strength: 0, target: 0 };
      return { strength: annealedStrength(strength, epoch, this.searchEpochs), target };
    });
  }

  /** True once strengths have been computed. */
  get armed(): boolean {
    return this.#strengths !== null;
  }
}
