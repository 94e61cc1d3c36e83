/** What a class shares of its finished searches: facts from lists and numbers, no text that anybody wrote. */
import type { Costs, Targets } from '../../cost/metrics';
import type { Network } from '../../network/network';

interface Facts {
  /** Ids of lists. A person's own device is in none. */
  readonly task: string;
  readonly method: string;
  readonly device: string;
  readonly randomSeed: number;
  /** How many of the task's built-in examples it learnt from, and was judged by. */
  readonly trainCount: number;
  readonly testCount: number;
  readonly targets: Targets;
  /** On the test examples, as the member's browser measured it: nobody can check it without training. */
  readonly quality: number;
}

/** A finished search as a member gives it. Its costs are not among it, since they follow from the network. */
export interface SharedRun extends Facts {
  /** Quality of the seed network, where that was trained to compare; null otherwise. */
  readonly seedQuality: number | null;
  readonly network: Network;
}

/** The same as all see it, without the network. */
export interface PooledRun extends Facts {
  /** Of the found network on the device. */
  readonly costs: Costs;
  readonly seedNetwork: { readonly quality: number; readonly costs: Costs } | null;
}

/** What happened to the pool, in order; `at` numbers the changes. A run keeps the number of the change that brought it. */
export type PoolChange =
  | { readonly at: number; readonly member: number; readonly run: PooledRun }
  | { readonly at: number; readonly removed: number }
  | { readonly at: number; readonly cleared: true };

/** Why the class refuses a request. The page says it in its own words. */
export type RefusalCode =
  | 'bad-request'
  | 'class-closed'
  | 'class-full'
  | 'invalid-run'
  | 'not-allowed'
  | 'not-found'
  | 'not-joined'
  | 'other-site'
  | 'too-large'
  | 'too-many'
  | 'wrong-code';

/** Answers of the class's server, by what is asked. */
export interface Joined {
  /** From 1, in the order of joining. */
  readonly member: number;
  readonly token: string;
}

export interface ChangesAnswer {
  readonly open: boolean;
  readonly changes: readonly PoolChange[];
  /** Whether there are more changes already, beyond what fits into one answer. */
  readonly more: boolean;
}

export interface ClassAnswer {
  readonly code: string;
  /** Where members find the page. */
  readonly addresses: readonly string[];
  readonly open: boolean;
  readonly members: readonly {
    readonly member: number;
    readonly runs: number;
    /** Whether its page has asked for news within the last minute. */
    readonly here: boolean;
  }[];
  /** Wrong codes within the last minute. */
  readonly wrongCodes: number;
}

export interface Refusal {
  readonly code: RefusalCode;
  /** What happened, why, and what to do next. */
  readonly message: string;
}
