/** The constraints of a running search: targets that may move, and the strengths that follow them. */
import type { CostTable } from '../cost/costTable';
import type { MetricId } from '../cost/metrics';
import { enforced, shortfall } from './constraints/reach';
import type { Targets } from '../cost/metrics';
import type { Costs } from '../cost/metrics';
import type { SearchEvent } from './events';
import { annealedStrength, finalStrength, floors } from './constraints/penalty';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';
import type { StepControls } from './training/trainingStep';

/** What a person may change while a search runs. Read at the start of each step; the host replaces values in place. */
export interface Controls {
  targets: Targets;
  /** Grows with every change. */
  revision: number;
  /** Report values after every step. */
  eager: boolean;
}

/** What of a search's config decides how its costs press on it. */
type PressureConfig = Pick<SearchConfig, 'excess' | 'objective'> & { readonly epochs: Pick<SearchConfig['epochs'], 'search'> };

export class Pressure {
  #revision = -1;
  #targets: Targets = {};
  #strengths: Map<string, number> | null = null;
  /** Costs where the stage's search began. */
  #whole: Costs | null = null;
  #kind: SpaceKind;
  #table: CostTable;

  /**
   * @param table every metric that may be limited
   * @param first what is searched first
   * @param seedCosts what an objective's strength is relative to
   * @param capacity what the device has room for
   * @param steered the metrics that the search is punished for, in the order of its expected costs
   */
  constructor(
    table: CostTable,
    private readonly controls: Controls,
    private readonly config: PressureConfig,
    first: SpaceKind,
    private readonly seedCosts: Costs,
    private readonly capacity: Targets = {},
    private readonly steered: readonly MetricId[] = table.metrics.map(({ id }) => id),
  ) {
    this.#table = table;
    this.#kind = first;
  }

  /** Costs of what the search can still reach. */
  get table(): CostTable {
    return this.#table;
  }

  /** Whether a target changed since the last `takeIn`. */
  get changed(): boolean {
    return this.controls.revision !== this.#revision;
  }

  /** Targets in force, without those of costs that are an objective. */
  get targets(): Targets {
    return enforced(this.#targets, this.config.objective, this.capacity);
  }

  /** Targets that costs are only compared with, because they are an objective. */
  get compared(): Targets {
    const { metrics } = this.config.objective ?? { metrics: [] };
    return Object.fromEntries(Object.entries(this.#targets).filter(([id]) => metrics.some((metric) => metric === id)));
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
      this.#whole ??= state.costs;
      const strengths = new Map<string, number>();
      for (const id of this.steered) {
        const target = this.targets[id];
        const fixed = this.#objectiveStrength(id);
        const kept = before[id] === target ? this.#strengths?.get(id) : undefined;
        if (fixed !== null) strengths.set(id, fixed);
        else if (target !== undefined)
          strengths.set(id, kept ?? finalStrength(state.taskLoss, state.costs[id] as number, target, this.config.excess[this.#kind]));
      }
      this.#strengths = strengths;
    }
    return {
      kind: 'targets',
      revision: this.#revision,
      step,
      targets: this.#targets,
      strengths: this.#strengths && Object.fromEntries(this.#strengths),
      shortfall: shortfall(this.#table, this.targets),
    };
  }

  /**
   * Forgets the strengths: the next stage's search starts elsewhere, with strengths of its own.
   * @param table what it can reach
   */
  begin(kind: SpaceKind, table: CostTable): void {
    this.#kind = kind;
    this.#table = table;
    this.#strengths = null;
    this.#whole = null;
  }

  /** Strength and target per steered metric for a search epoch (from 0); no pressure without a target. */
  penalties(epoch: number): StepControls['penalties'] {
    const excess = this.config.excess[this.#kind];
    const below = floors(
      excess,
      this.steered.map((id) => this.targets[id]),
      this.steered.map((id) => this.#whole?.[id] ?? Infinity),
    );
    return this.steered.map((id, index) => {
      const strength = this.#strengths?.get(id);
      const target = this.targets[id];
      if (strength !== undefined && this.#objectiveStrength(id) !== null) return { strength, target: 0 };
      if (strength === undefined || target === undefined) return { strength: 0, target: 0 };
      const penalty = { strength: annealedStrength(strength, epoch, this.config.epochs.search), target };
      return excess === 'above' ? penalty : { ...penalty, floor: below[index] as number };
    });
  }

  /** True once strengths have been computed. */
  get armed(): boolean {
    return this.#strengths !== null;
  }

  #objectiveStrength(id: MetricId): number | null {
    const { objective } = this.config;
    return objective?.metrics.includes(id) ? objective.strength / (this.seedCosts[id] as number) : null;
  }
}
