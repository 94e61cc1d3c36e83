/**
 * Where everything of a step lies in the memory of the kernels, in bytes from its start, and the list of calls as it grows:
 * parameters, shares of their gradients, values, candidates' weights, and what threads need to work in.
 */
import type { NetworkPlan, PlannedParameter } from '../../../core/network/plan';
import { GradientField, PartField, SharedField, type Call } from '../../../kernels/calls';
import { valueSize, type FusedProgram, type Value } from '../program';
import { batchParts, type BatchParts } from './batchParts';
import { joined, MemoryPlan } from './memoryPlan';
import { scratchOf } from './operations';

export interface LayoutOptions {
  readonly plan: NetworkPlan;
  readonly program: FusedProgram;
  readonly batchSize: number;
  /** Candidates of all mixed operations. */
  readonly candidates: number;
  readonly threads: number;
}

/** Where a share of a value's gradient goes, and whether (1) or not (0) to add to what is there. */
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

const sizeOf = ({ shape }: PlannedParameter) => shape.reduce((product, extent) => product * extent, 1);
/** Numbers that a parameter takes up: vectors start at multiples of 16 bytes. */
const roomOf = (parameter: PlannedParameter) => Math.ceil(sizeOf(parameter) / 4) * 4;

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
  /** Masks by the path of what they mask, as operations lay them out. */
  readonly masks = new Map<string, MaskPlace>();
  /** As many zeros as the widest pixel has channels. */
  readonly zeros: number;
  /** A thread's working memory, and how far it is to the next one's. */
  readonly scratch: number;
  readonly scratchStride: number;
  readonly #calls: number[] = [];
  readonly #packing: number[] = [];
  readonly #values: readonly number[];
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #partial: number;
  readonly #partialStride: number;

  /** @param running whether batch norms use their running statistics, which then stay as they are */
  constructor(
    readonly options: LayoutOptions,
    readonly running: boolean,
  ) {
    const { plan, program, batchSize, threads, candidates } = options;
    const { memory } = this;
    const trainable = plan.parameters.filter((parameter) => parameter.trainable);
    this.#sizes = new Map(trainable.map((parameter) => [parameter.fullName, sizeOf(parameter)]));
    this.trainable = trainable.reduce((total, parameter) => total + roomOf(parameter), 0);
    this.firstParameter = memory.words(this.trainable);
    this.parameters = placeParameters(plan.parameters, this.firstParameter, memory);
    this.parts = batchParts(batchSize, threads);
    // Whoever leaves a share replaces what was there; one that nobody writes stays zero.
    this.firstGradient = memory.words(this.trainable * this.parts.shares);
    this.#partialStride = Math.ceil(Math.max(0, ...trainable.map(roomOf)) / 16) * 64;
    this.#partial = memory.bytes(this.#partialStride * threads);
    // A dense layer takes a whole example for the channels of one pixel.
    this.zeros = memory.words(Math.max(...program.values.map(valueSize)) + 8);
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

  /** Where the first share of a parameter's gradient goes. */
  gradientOf(parameter: string): number {
    return this.parameter(parameter) - this.firstParameter + this.firstGradient;
  }

  /** How many calls there are so far, in numbers of the list. */
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

  /** Adds a call that lays a kernel out anew before anything else runs; threads take turns. */
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
   * @param end numbers of the calls to take, all without
   * @param last a call to close with
   */
  list(barrier: Call, end = this.#calls.length, last: readonly number[] = []): { readonly at: number; readonly before: number } {
    const before = [...this.#packing, barrier, 0];
    const at = this.memory.holding(Int32Array.from([...before, ...this.#calls.slice(0, end), ...last]));
    return { at, before: before.length };
  }

  /** The block that all calls share. @param program the list that is walked unless a run says otherwise */
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

/** Trainable parameters one after the other from `first` on, so that one optimizer call moves them all; others where there is room. */
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
