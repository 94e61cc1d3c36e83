/** The limits that a network's costs must keep, and whether it kept them. */
import type { MetricId } from '../../cost/metrics';

/** An upper limit on a metric, in the metric's unit. */
interface Constraint {
  readonly metric: MetricId;
  readonly target: number;
}

/** A network's final cost under a constraint. */
export interface ConstraintReport extends Constraint {
  readonly value: number;
  readonly met: boolean;
}

/** Why a set of targets cannot be met, per metric. */
export interface Shortfall {
  readonly metric: MetricId;
  readonly target: number;
  /** The smallest value in the whole space. */
  readonly minimum: number;
  /** The smallest value while the other targets hold, or null if no network meets those. */
  readonly minimumWithinOthers: number | null;
}
