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

/**
 * Settings that a person may change while a search runs. They are read at the start of each step; the host replaces values in
 * place.
 */
export interface Controls {
  targets: Targets;
  /** Grows with every change. */
  revision: number;
  /** Report values after every step. */
  eager: boolean;
}

/** What a search has taken in so far, as plain data. */
export interface PressureState {
  readonly revision: number;
  readonly targets: Targets;
  readonly strengths: Costs | null;
  readonly whole: Costs | null;
}

/**
 * The part of the way to the targets, in logarithms, that stages before the last leave it. What others gave is in
 * docs/decisions/0011-worth-of-a-search.md.
 */
const LEFT = 3 / 4;

/** The part of a search's config that decides how costs press on it. */
type PressureConfig = Pick<SearchConfig, 'excess' | 'objective'> & { readonly epochs: Pick<SearchConfig['epochs'], 'search'> };

export class Pressure {
  #revision = -1;
  #targets: Targets = {};
  #strengths: Map<string, number> | null = null;
  /** Costs at the start of the current stage. */
  #whole: Costs | null = null;
  #kind: SpaceKind;
  #table: CostTable;
  /** Stages that are not over. */
  #stages: number;

  /**
   * @param table the costs of every metric that may be limited
   * @param searches kinds of spaces, in the order in which they are searched, a stage each
   * @param seedCosts the costs that an objective's strength is relative to, and from which stages go towards the targets
   * @param capacity the device's own limits
   * @param steered the metrics in the penalty, in the order of the expected costs
   */
  constructor(
    table: CostTable,
    private readonly controls: Controls,
    private readonly config: PressureConfig,
    searches: readonly [SpaceKind, ...SpaceKind[]],
    private readonly seedCosts: Costs,
    private readonly capacity: Targets = {},
    private readonly steered: readonly MetricId[] = table.metrics.map(({ id }) => id),
  ) {
    this.#table = table;
    this.#kind = searches[0];
    this.#stages = searches.length;
  }

  /** Costs that are still in reach. */
  get table(): CostTable {
    return this.#table;
  }

  /** Whether targets of another revision are in force. @param revision by default that of the controls */
  changed(revision = this.controls.revision): boolean {
    return revision !== this.#revision;
  }

  /**
   * Targets in force, without those of costs that are an objective. The last stage has those that were given, T; those before it leave it
   * most of the way from the seed network's costs, C: theirs are T · (C / T)^`LEFT`.
   */
  get targets(): Targets {
    if (this.#stages === 1) return this.#final;
    return Object.fromEntries(
      Object.entries(this.#final).map(([id, target]) => {
        const excess = (this.seedCosts[id as MetricId] as number) / target;
        return [id, excess > 1 ? target * excess ** LEFT : target];
      }),
    );
  }

  /** Targets of the last stage. */
  get #final(): Targets {
    return enforced(this.#targets, this.config.objective, this.capacity);
  }

  /** Targets of objectives, which costs are only compared with. */
  get compared(): Targets {
    const { metrics } = this.config.objective ?? { metrics: [] };
    return Object.fromEntries(Object.entries(this.#targets).filter(([id]) => metrics.some((metric) => metric === id)));
  }

  /**
   * Applies the current targets and recomputes the strength of every target that moved: the one that it would have had from the start
   * of the stage. From the cost now it would be many times as large, since a search is close to its targets, and drive far below them.
   *
   * @param state the search's reference loss and its expected costs, which count when a stage begins; null while no strength is needed
   * @param step number of steps done, for the event
   * @param given targets to apply; by default those of the controls
   */
  takeIn(
    state: { readonly taskLoss: number; readonly costs: Costs } | null,
    step: number,
    given: Pick<PressureState, 'targets' | 'revision'> = this.controls,
  ): SearchEvent {
    const before = this.#targets;
    this.#targets = { ...given.targets };
    this.#revision = given.revision;
    if (state) {
      const whole = (this.#whole ??= state.costs);
      const strengths = new Map<string, number>();
      for (const id of this.steered) {
        const target = this.targets[id];
        const fixed = this.#objectiveStrength(id);
        const kept = before[id] === target ? this.#strengths?.get(id) : undefined;
        if (fixed !== null) strengths.set(id, fixed);
        else if (target !== undefined)
          strengths.set(id, kept ?? finalStrength(state.taskLoss, whole[id] as number, target, this.config.excess[this.#kind]));
      }
      this.#strengths = strengths;
    }
    return {
      kind: 'targets',
      revision: this.#revision,
      step,
      targets: this.#targets,
      strengths: this.#strengths && Object.fromEntries(this.#strengths),
      shortfall: shortfall(this.#table, this.#final),
    };
  }

  /**
   * Forgets the strengths, because the next stage starts from other costs and computes its own.
   * @param table the costs in reach of the next stage
   */
  begin(kind: SpaceKind, table: CostTable): void {
    this.#kind = kind;
    this.#table = table;
    this.#stages -= 1;
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
      // A run that went back may have another strength than it began with.
      const fixed = this.#objectiveStrength(id);
      if (strength !== undefined && fixed !== null) return { strength: fixed, target: 0 };
      if (strength === undefined || target === undefined) return { strength: 0, target: 0 };
      const penalty = { strength: annealedStrength(strength, epoch, this.config.epochs.search), target };
      return excess === 'above' ? penalty : { ...penalty, floor: below[index] as number };
    });
  }

  /** True once strengths have been computed. */
  get armed(): boolean {
    return this.#strengths !== null;
  }

  state(): PressureState {
    return {
      revision: this.#revision,
      targets: this.#targets,
      strengths: this.#strengths && Object.fromEntries(this.#strengths),
      whole: this.#whole,
    };
  }

  /** Goes on from what `state()` returned. */
  restore({ revision, targets, strengths, whole }: PressureState): void {
    this.#revision = revision;
    this.#targets = targets;
    this.#strengths = strengths && new Map(Object.entries(strengths) as [string, number][]);
    this.#whole = whole;
  }

  #objectiveStrength(id: MetricId): number | null {
    const { objective } = this.config;
    return objective?.metrics.includes(id) ? objective.strength / (this.seedCosts[id] as number) : null;
  }
}
