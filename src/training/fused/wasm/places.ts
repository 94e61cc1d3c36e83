/**
 * Where everything lies that stays from step to step, in bytes from the start of the kernels' memory: parameters, shares of their
 * gradients, inputs, candidates' weights, and the threads' working memory. Programs over other parts of the network share it.
 */
import type { NetworkPlan, PlannedParameter } from '../../../core/network/plan';
import { numbersIn } from '../../../core/ops/shape';
import { PartField, SharedField } from '../../../kernels/calls';
import { valueSize, type FusedProgram, type Value } from '../program';
import { batchParts, type BatchParts } from './batchParts';
import { joined, type MemoryPlan } from './memoryPlan';
import { scratchOf } from './operations';

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

/** Numbers in a parameter: vectors start at multiples of 16 bytes. */
export const roomOf = (parameter: PlannedParameter) => Math.ceil(numbersIn(parameter.shape) / 4) * 4;

export class Places {
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
  /** The inputs of the network. */
  readonly input: number;
  /** The step's seed, as int32. */
  readonly seed: number;
  /** Zeros, as many as the widest pixel has channels. */
  readonly zeros: number;
  /** A thread's working memory, and the distance to the next thread's. */
  readonly scratch: number;
  readonly scratchStride: number;
  /** The block that all calls share. */
  readonly shared: number;
  readonly #sizes: ReadonlyMap<string, number>;

  constructor(
    readonly options: LayoutOptions,
    readonly memory: MemoryPlan,
  ) {
    const { plan, program, batchSize, threads, candidates } = options;
    const trainable = plan.parameters.filter((parameter) => parameter.trainable);
    this.#sizes = new Map(trainable.map((parameter) => [parameter.fullName, numbersIn(parameter.shape)]));
    this.trainable = trainable.reduce((total, parameter) => total + roomOf(parameter), 0);
    this.firstParameter = memory.words(this.trainable);
    this.parameters = placeParameters(plan.parameters, this.firstParameter, memory);
    this.parts = batchParts(batchSize, threads);
    // Kernels replace the old values of a share; a share that no kernel writes stays zero.
    this.firstGradient = memory.words(this.trainable * this.parts.shares);
    const partialStride = Math.ceil(Math.max(0, ...trainable.map(roomOf)) / 16) * 64;
    const partial = memory.bytes(partialStride * threads);
    // To a dense layer a whole example is one pixel, so its numbers count as channels.
    this.zeros = memory.words(Math.max(...program.values.map(valueSize)) + 8);
    this.seed = memory.words(1);
    this.weights = memory.words(Math.max(1, candidates));
    this.weightGradients = memory.bytes(Math.max(1, candidates) * 8 * this.parts.parts.length);
    this.input = memory.words(valueSize(program.values[program.input] as Value) * batchSize);
    const shapes = { batchSize, shape: (value: number) => program.values[value] as Value };
    const most = program.operations.reduce((room, operation) => Math.max(room, scratchOf(operation, shapes)), 0);
    this.scratchStride = Math.ceil((most + 16) / 16) * 64;
    this.scratch = memory.bytes(this.scratchStride * threads);
    this.shared = this.#shared(partial, partialStride);
  }

  /** Address of the first share of a parameter's gradient. */
  gradientOf(parameter: string): number {
    return (this.parameters.get(parameter) as number) - this.firstParameter + this.firstGradient;
  }

  /** Numbers of a trainable parameter. */
  sizeOf(parameter: string): number {
    return this.#sizes.get(parameter) as number;
  }

  #shared(partial: number, partialStride: number): number {
    const { memory } = this;
    const { threads, batchSize } = this.options;
    const parts = this.parts.parts.map(({ first, end, share, joins }) =>
      memory.fields(PartField, { first, end, share: share * this.trainable * 4, joins: Number(joins) }),
    );
    const all = memory.holding(joined(parts));
    const fields = { threads, batch: batchSize, partCount: parts.length, parts: all, partial, partialStride };
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
