/** The contract of a score: a number that is told of a network before it trains, and that should be high for good networks. */
import type { Weights } from '../../network/parameters';
import type { NetworkPlan } from '../../network/plan';
import type { ScoreId } from '../../config/searchConfig';

/** What a score may read. */
export interface Subject {
  /** A network without mixed operations. */
  readonly plan: NetworkPlan;
  /** Its balance in the space that it is from (Networks.balance). */
  readonly balance: () => number;
  /** Its initial values, drawn when they are asked for. */
  readonly weights: () => Weights;
  /** Normalised training examples, one after the other. */
  readonly examples: Float32Array;
}

export interface Score {
  readonly id: ScoreId;
  /** The most networks that are ranked by it, so that ranking takes some minutes at most: it stands for how long one takes. */
  readonly most: number;
  /** Equal for equal subjects. Infinite or NaN where the score has no meaning; such networks rank last. */
  of(subject: Subject): Promise<number>;
}
