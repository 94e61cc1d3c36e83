/**
 * Addresses of everything in a step, in bytes from the start of the kernels' memory, and the growing list of calls: parameters,
 * shares of their gradients, values, candidates' weights, and the threads' working memory.
 */
import type { NetworkPlan, PlannedParameter } from '../../../core/network/plan';
import { GradientField, PartField, SharedField, type Call } from '../../../kernels/calls';
import { valueSize, type FusedProgram, type Value } from '../program';
import { batchParts, type BatchParts } from './batchParts';
import { joined, MemoryPlan } from './memoryPlan';
import { scratchOf } from './operations';
import { numbersIn } from '../../../core/ops/shape';

export interface LayoutOptions {
  readonly plan: NetworkPlan;
  readonly program: FusedProgram;
  /** The program's values without the channels that fill them up. */
  readonly unfilled: FusedProgram['values'];
  readonly batchSize: number;
  /** Candidates of all mixed operations. */
  readonly candidates: number;
  readonly threads: number;
}

/** The target of a share of a value's gradient, and whether to add to the numbers there (1) or replace them (0). */
export interface GradientPlace {
  readonly at: number;
  readonly accumulate: number;
}

/** A factor per channel as float32, and its gradient as float64. */
export interface MaskPlace {
  readonly values: number;
  readonly gradients: number;
  readonly channels: number;
}

/** Numbers in a parameter: vectors start at multiples of 16 bytes. */
const roomOf = (parameter: PlannedParameter) => Math.ceil(numbersIn(parameter.shape) / 4) * 4;

export class Layout {
  readonly memory = new MemoryPlan();
  /** Parameter values by full name; trainable ones come first, in one block. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly firstParameter: number;
  /** Numbers of all trainable parameters. */
  readonly trainable: number;
  /** The first share of their gradients; the others follow, each `trainable` numbers long. */
  readonly firstGradient: number;
  readonly parts: BatchParts;
  /** Candidates' weights as float32, and per part of the batch their gradients as float64. */
  readonly weights: number;
  readonly weightGradients: number;
  /** Masks by the path of the masked operation, filled as operations lay them out. */
  readonly masks = new Map<string, MaskPlace>();
  /** The step's seed, as int32. */
  readonly seed: number;
  /** Zeros, as many as the widest pixel has channels. */
  readonly zeros: number;
  /** A thread's working memory, and the distance to the next thread's. */
  readonly scratch: number;
  readonly scratchStride: number;
  readonly #calls: number[] = [];
  readonly #packing: number[] = [];
  readonly #values: readonly number[];
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #partial: number;
  readonly #partialStride: number;

  /** @param running whether batch norms use their running statistics, which then stay unchanged */
  constructor(
    readonly options: LayoutOptions,
    readonly running: boolean,
  ) {
    const { plan, program, batchSize, threads, candidates } = options;
    const { memory } = this;
    const trainable = plan.parameters.filter((parameter) => parameter.trainable);
    this.#sizes = new Map(trainable.map((parameter) => [parameter.fullName, numbersIn(parameter.shape)]));
    this.trainable = trainable.reduce((total, parameter) => total + roomOf(parameter), 0);
    this.firstParameter = memory.words(this.trainable);
    this.parameters = placeParameters(plan.parameters, this.firstParameter, memory);
    this.parts = batchParts(batchSize, threads);
    // Kernels replace the old values of a share; a share that no kernel writes stays zero.
    this.firstGradient = memory.words(this.trainable * this.parts.shares);
    this.#partialStride = Math.ceil(Math.max(0, ...trainable.map(roomOf)) / 16) * 64;
    this.#partial = memory.bytes(this.#partialStride * threads);
    // To a dense layer a whole example is one pixel, so its numbers count as channels.
    this.zeros = memory.words(Math.max(...program.values.map(valueSize)) + 8);
    this.seed = memory.words(1);
    this.weights = memory.words(Math.max(1, candidates));
    this.weightGradients = memory.bytes(Math.max(1, candidates) * 8 * this.parts.parts.length);
    this.#values = program.values.map((value) => memory.words(valueSize(value) * batchSize));
    const most = program.operations.reduce((room, operation) => Math.max(room, scratchOf(operation, this)), 0);
    this.scratchStride = Math.ceil((most + 16) / 16) * 64;
    this.scratch = memory.bytes(this.scratchStride * threads);
  }

  get batchSize(): number {
    return this.options.batchSize;
  }

  shape(value: number): Value {
    return this.options.program.values[value] as Value;
  }

  at(value: number): number {
    return this.#values[value] as number;
  }

  parameter(name: string): number {
    return this.parameters.get(name) as number;
  }

  /** Address of the first share of a parameter's gradient. */
  gradientOf(parameter: string): number {
    return this.parameter(parameter) - this.firstParameter + this.firstGradient;
  }

  /** Length of the list of calls so far, in numbers. */
  get length(): number {
    return this.#calls.length;
  }

  /** Adds a call. */
  call(call: Call, fields?: Int32Array): void {
    this.#calls.push(call, fields ? this.memory.holding(fields) : 0);
  }

  /** Adds a call that sums a parameter's gradient over the batch. */
  sum(call: Call, parameter: string, fields: Int32Array): void {
    const gradient = {
      fields: this.memory.holding(fields),
      result: this.gradientOf(parameter),
      count: this.#sizes.get(parameter) as number,
    };
    this.call(call, this.memory.fields(GradientField, gradient));
  }

  /** Adds a call that rearranges a kernel before any other call runs; threads take turns with these calls. */
  pack(call: Call, fields: Int32Array): void {
    this.#packing.push(call, this.memory.holding(fields));
  }

  /** The next packing call's turn. */
  turn(): number {
    return this.#packing.length / 2;
  }

  /**
   * The finished list: packing, a barrier, then the calls.
   * @param barrier the barrier's call
   * @param end how many numbers of the calls to take; all by default
   * @param last a call to end with
   */
  list(barrier: Call, end = this.#calls.length, last: readonly number[] = []): { readonly at: number; readonly before: number } {
    const before = [...this.#packing, barrier, 0];
    const at = this.memory.holding(Int32Array.from([...before, ...this.#calls.slice(0, end), ...last]));
    return { at, before: before.length };
  }

  /** The block that all calls share. @param program the list that runs by default */
  shared(program: number): number {
    const { memory } = this;
    const { threads, batchSize } = this.options;
    const parts = this.parts.parts.map(({ first, end, share, joins }) =>
      memory.fields(PartField, { first, end, share: share * this.trainable * 4, joins: Number(joins) }),
    );
    const fields = {
      program,
      threads,
      batch: batchSize,
      partCount: parts.length,
      parts: memory.holding(joined(parts)),
      partial: this.#partial,
      partialStride: this.#partialStride,
    };
    return memory.holding(memory.fields(SharedField, fields));
  }
}

/**
 * Places trainable parameters one after the other from `first` on, so that one optimizer call moves them all; others go anywhere.
 */
function placeParameters(parameters: readonly PlannedParameter[], first: number, memory: MemoryPlan): Map<string, number> {
  const places = new Map<string, number>();
  let at = first;
  for (const parameter of parameters) {
    if (!parameter.trainable) continue;
    places.set(parameter.fullName, at);
    at += roomOf(parameter) * 4;
  }
  for (const parameter of parameters) if (!parameter.trainable) places.set(parameter.fullName, memory.words(roomOf(parameter)));
  return places;
}
