/**
 * What a search has done so far, so that another sitting can go on from there. A strategy is a function of what the kit gives back, so
 * the next sitting runs it again from its start. An operation of the kit that is in the journal gives back its recorded outcome at
 * once; the one that was under way goes on from its last step; the others are done as ever.
 *
 * Weights are not kept per operation. When the recorded operations are over, the same variables live as when the journal was read, and
 * get the values that they had then. What a strategy decides by must therefore come from the kit or from architecture parameters, whose
 * values are kept per operation.
 */
import { engine, tensor, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { Random } from '../random';
import type { ArchitectureState } from './training/architecture';
import type { Score } from './training/evaluate';
import type { OptimizerState } from './training/optimizers';
import type { PressureState } from './pressure';
import type { PhaseProgress, PhaseSummary } from './trainPhase';

/** What training leaves behind beside the values of variables. */
export interface Traces {
  readonly architecture: ArchitectureState | null;
  readonly pressure: PressureState;
  /** Generators that were drawn from: their place in the order in which they were made, and their state. */
  readonly randoms: readonly (readonly [number, readonly number[]])[];
}

/** What was told to `onEpoch` and `onLoss`. */
interface Told {
  readonly scores: readonly Score[];
  /** Empty where nobody listens. */
  readonly losses: Float32Array;
}

/** An operation of the kit that is over. `name` tells it from others of its kind. */
export type OperationRecord =
  | (Told & {
      readonly kind: 'training';
      readonly name: string;
      readonly summary: PhaseSummary;
      readonly alphas: readonly Float32Array[];
      readonly traces: Traces;
    })
  | { readonly kind: 'score'; readonly name: string; readonly score: Score }
  | { readonly kind: 'statistics'; readonly name: string }
  /** Null where the score has no meaning. */
  | { readonly kind: 'ranking'; readonly name: string; readonly score: number | null }
  /** Targets that were taken in between two phases; a person may have moved them since. */
  | ({ readonly kind: 'targets'; readonly name: string } & Pick<PressureState, 'revision' | 'targets'>);

/** The phase that is under way. */
export interface PhaseState extends Told {
  readonly name: string;
  readonly progress: PhaseProgress;
  /** The phase's variables after its last epoch, and after its best one where that is looked for. */
  readonly good: readonly Float32Array[];
  readonly best: readonly Float32Array[] | null;
  readonly optimizers: readonly OptimizerState[];
  readonly traces: Traces;
  /** Set to go on at the last good epoch instead, with optimizers that begin anew. */
  readonly goesBack?: boolean;
}

/** Everything that the next step of a search needs, as plain data and typed arrays. */
export interface SearchState {
  readonly operations: readonly OperationRecord[];
  readonly underWay: PhaseState | null;
  /** The values of all variables that live, in the order in which they were made. */
  readonly variables: readonly Float32Array[];
  readonly elapsedMs: number;
}

/** Reads a tensor's values; tensors that share their data share the array. */
export type ReadValues = (tensor: Tensor) => Promise<Float32Array>;

/** One search at a time may have a journal that keeps something, since variables of all searches have one registry. */
export class Journal {
  readonly #operations: OperationRecord[] = [];
  readonly #randoms: Random[] = [];
  readonly #others = new Set(Object.keys(engine().registeredVariables));
  #next = 0;
  /** Null once the search goes on where it stood. */
  #resumed: SearchState | null;
  #underWay: PhaseState | null = null;
  #reading: ((read: ReadValues) => Promise<PhaseState>) | null = null;
  readonly earlierMs: number;
  /** Steps of the phase under way whose values lie on the device. While there are any, the search cannot be captured. */
  unread = 0;

  /**
   * @param keeps whether somebody may capture the search; otherwise nothing is kept
   * @param resumed what an earlier sitting has captured
   */
  constructor(
    readonly keeps: boolean,
    resumed: SearchState | null = null,
  ) {
    this.#resumed = resumed;
    this.earlierMs = resumed?.elapsedMs ?? 0;
  }

  /** Whether the search still repeats what an earlier sitting has done. */
  replays(): boolean {
    return this.#resumed !== null;
  }

  /** Keeps track of a generator that training may draw from. */
  track(random: Random): Random {
    if (this.keeps) this.#randoms.push(random);
    return random;
  }

  /** States of all tracked generators. */
  randoms(): readonly (readonly number[])[] {
    return this.#randoms.map((random) => random.state());
  }

  /** Those that differ from `before`, which `randoms` returned. */
  randomsSince(before: readonly (readonly number[])[]): Traces['randoms'] {
    return this.randoms().flatMap((state, index) => (state.join() === before[index]?.join() ? [] : [[index, state] as const]));
  }

  restoreRandoms(states: Traces['randoms']): void {
    for (const [index, state] of states) (this.#randoms[index] ?? doesNotFit()).restore(state);
  }

  /** The recorded outcome of the next operation; null when it is to be done. */
  recorded<Kind extends OperationRecord['kind']>(kind: Kind, name: string): Extract<OperationRecord, { kind: Kind }> | null {
    if (!this.#resumed) return null;
    const record = this.#resumed.operations[this.#next];
    if (!record) {
      this.goOn();
      return null;
    }
    if (record.kind !== kind || record.name !== name) doesNotFit();
    this.#next += 1;
    this.#operations.push(record);
    return record as Extract<OperationRecord, { kind: Kind }>;
  }

  add(record: OperationRecord): void {
    if (this.keeps) this.#operations.push(record);
  }

  /** Everything recorded has been repeated: gives the variables the values that they had, and goes on. */
  goOn(): void {
    if (!this.#resumed) return;
    const { operations, underWay, variables: values } = this.#resumed;
    const variables = this.#variables();
    if (this.#next !== operations.length || variables.length !== values.length) doesNotFit();
    setValues(variables, values);
    this.#underWay = underWay;
    this.#resumed = null;
  }

  /** The phase that was under way, once; null when the next phase is a new one. */
  takeUnderWay(name: string): PhaseState | null {
    const state = this.#underWay;
    this.#underWay = null;
    if (state && state.name !== name) doesNotFit();
    return state;
  }

  /** @param read reads the phase that is under way now; null for none */
  watch(read: ((read: ReadValues) => Promise<PhaseState>) | null): void {
    this.#reading = read;
  }

  /** The search as it stands. Call it only while the search waits for its host's `pause`, or when it is over. */
  async capture(elapsedMs: number): Promise<SearchState> {
    const read = readingOnce();
    // The phase comes first, since it brings its variables up to date.
    const underWay = (await this.#reading?.(read)) ?? null;
    const variables: Float32Array[] = [];
    for (const variable of this.#variables()) variables.push(await read(variable));
    return { operations: [...this.#operations], underWay, variables, elapsedMs };
  }

  #variables(): Variable[] {
    return Object.entries(engine().registeredVariables).flatMap(([name, variable]) => (this.#others.has(name) ? [] : [variable]));
  }
}

function readingOnce(): ReadValues {
  const known = new Map<object, Float32Array>();
  return async (of) => {
    const found = known.get(of.dataId) ?? ((await of.data()) as Float32Array);
    known.set(of.dataId, found);
    return found;
  };
}

export function setValues(variables: readonly Variable[], values: readonly Float32Array[]): void {
  variables.forEach((variable, index) => {
    const data = values[index];
    if (data?.length !== variable.size) return doesNotFit();
    tidy(() => variable.assign(tensor(data, variable.shape, 'float32')));
  });
}

function doesNotFit(): never {
  throw new WorkbenchError(
    'invalid-data',
    sayLater('The search does not go the way that its checkpoint tells, so it cannot go on from there.'),
  );
}
