/**
 * Lowers a fused program to kernel calls over one block of memory: where every value, gradient and parameter lies, and what
 * each kernel is told. Both ways are worked out here, once; a step then only walks through the calls.
 */
import type { NetworkPlan, PlannedParameter } from '../../core/network/plan';
import type { OptimizerKind } from '../../core/config/searchConfig';
import { Call, ColumnSumField, GradientField, PartField, SharedField } from '../../kernels/calls';
import { PoolField } from '../../kernels/globalAvgPool/fields';
import { OptimizerField } from '../../kernels/optimizer/fields';
import { LossField } from '../../kernels/losses/softmaxCrossEntropy/fields';
import { batchParts, type BatchParts } from './batchParts';
import { CombineCalls, type LoweredMask } from './combineCalls';
import { convolutionBackFilter, convolutionBackInput, convolutionForward, convolutionScratch } from './convolutionCalls';
import { depthwiseBackFilter, depthwiseBackInput, depthwiseForward, depthwiseScratch } from './depthwiseCalls';
import { joined, MemoryPlan } from './memoryPlan';
import type { GradientPlace, Places } from './places';
import { valueSize, type FusedOperation, type FusedProgram, type Pool, type Value } from './program';

/** Where things lie, in bytes from the start of the memory. */
export interface Lowered {
  readonly memory: MemoryPlan;
  /** The block that all calls share. */
  readonly shared: number;
  /** The list of calls: forward and backward, then the optimizer; and the same without the optimizer. */
  readonly program: number;
  readonly programWithoutUpdate: number;
  /** Where in the list the way back, the optimizer and the end begin. */
  readonly marks: { readonly backward: number; readonly optimizer: number; readonly end: number };
  /** Inputs [batch, height, width, channels] as float32, and labels [batch] as int32. */
  readonly input: number;
  readonly labels: number;
  /** Parameter values by full name. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Bytes from a trainable parameter to the first share of its gradient; the others follow at `gradientStride`. */
  readonly toGradient: number;
  readonly gradientStride: number;
  readonly parts: BatchParts;
  /** [rate, second-moment correction, weight decay] as float32. */
  readonly controls: number;
  readonly architecture: LoweredArchitecture;
  /** Candidate weights as float32, and per part of the batch their gradients as float64, `candidates` of them. */
  readonly weights: number;
  readonly weightGradients: number;
  /** Masks by the path of the operation that they mask. */
  readonly masks: ReadonlyMap<string, LoweredMask>;
  /** Per part of the batch [loss, right answers] as float64. */
  readonly totals: number;
}

/** The architecture parameters of all mixed operations one after the other, their gradients, and their optimizer. */
export interface LoweredArchitecture {
  readonly parameters: number;
  readonly gradients: number;
  readonly controls: number;
  /** The optimizer's fields, for `optimize`. */
  readonly optimizer: number;
  readonly call: number;
}

interface Options {
  readonly plan: NetworkPlan;
  readonly program: FusedProgram;
  readonly batchSize: number;
  readonly candidates: number;
  readonly optimizer: OptimizerKind;
  readonly threads: number;
  /** The training loss's kernel. */
  readonly loss: Call;
}

const sizeOf = ({ shape }: PlannedParameter) => shape.reduce((product, extent) => product * extent, 1);
/** Numbers that a parameter takes up: vectors start at multiples of 16 bytes. */
const roomOf = (parameter: PlannedParameter) => Math.ceil(sizeOf(parameter) / 4) * 4;

export function lower(options: Options): Lowered {
  return new Lowering(options, false).lower();
}

/** A program that only runs forward, with the running statistics of batch norms. */
export type LoweredInference = Pick<Lowered, 'memory' | 'shared' | 'program' | 'input' | 'parameters' | 'weights' | 'masks'> & {
  /** Logits [batch, classes] as float32. */
  readonly output: number;
};

export function lowerInference(options: Omit<Options, 'optimizer' | 'loss'>): LoweredInference {
  return new Lowering({ ...options, optimizer: 'sgd', loss: Call.end }, true).lowerInference();
}

class Lowering {
  readonly #memory = new MemoryPlan();
  readonly #calls: number[] = [];
  readonly #packing: number[] = [];
  readonly #values: number[];
  /** Gradients that are in use, by value. */
  readonly #gradients = new Map<number, number>();
  readonly #spare: { readonly at: number; readonly size: number }[] = [];
  readonly #parameters = new Map<string, number>();
  readonly #parts: BatchParts;
  readonly #trainable: number;
  readonly #firstParameter: number;
  readonly #firstGradient: number;
  readonly #partial: number;
  readonly #partialStride: number;
  readonly #weights: number;
  readonly #weightGradients: number;
  readonly #places: Places;
  readonly #combines: CombineCalls;

  constructor(
    private readonly options: Options,
    running: boolean,
  ) {
    const { plan, program, batchSize, threads, candidates } = options;
    const memory = this.#memory;
    const trainable = plan.parameters.filter((parameter) => parameter.trainable);
    this.#trainable = trainable.reduce((total, parameter) => total + roomOf(parameter), 0);
    this.#firstParameter = memory.words(this.#trainable);
    let at = this.#firstParameter;
    for (const parameter of trainable) {
      this.#parameters.set(parameter.fullName, at);
      at += roomOf(parameter) * 4;
    }
    for (const parameter of plan.parameters)
      if (!parameter.trainable) this.#parameters.set(parameter.fullName, memory.words(roomOf(parameter)));
    this.#parts = batchParts(batchSize, threads);
    const parts = this.#parts.parts.length;
    // Whoever leaves a share replaces what was there; one that nobody writes stays zero.
    this.#firstGradient = memory.words(this.#trainable * this.#parts.shares);
    const largest = Math.max(0, ...trainable.map(roomOf));
    this.#partialStride = Math.ceil(largest / 16) * 64;
    this.#partial = memory.bytes(this.#partialStride * threads);
    // A dense layer takes a whole picture for the channels of one pixel.
    const widest = Math.max(...program.values.map(valueSize));
    const zeros = memory.words(widest + 8);
    this.#weights = memory.words(Math.max(1, candidates));
    this.#weightGradients = memory.bytes(Math.max(1, candidates) * 8 * parts);
    this.#values = program.values.map((value) => memory.words(valueSize(value) * batchSize));
    const scratchStride =
      Math.ceil((program.operations.reduce((most, operation) => Math.max(most, this.#scratchOf(operation)), 0) + 16) / 16) * 64;
    const scratch = memory.bytes(scratchStride * threads);
    const parameter = (name: string) => this.#parameters.get(name) as number;
    const gradientOf = (name: string) => parameter(name) - this.#firstParameter + this.#firstGradient;
    const sizes = new Map(trainable.map((one) => [one.fullName, sizeOf(one)]));
    this.#places = {
      memory,
      threads,
      parts,
      batchSize,
      zeros,
      scratch,
      scratchStride,
      shape: (value) => this.#shape(value),
      at: (value) => this.#at(value),
      parameter,
      gradientOf,
      call: (call, fields) => this.#call(call, fields),
      sum: (call, name, fields) =>
        this.#call(
          call,
          memory.fields(GradientField, {
            fields: memory.holding(fields),
            result: gradientOf(name),
            count: sizes.get(name) as number,
          }),
        ),
      pack: (call, fields) => this.#packing.push(call, memory.holding(fields)),
      turn: () => this.#packing.length / 2,
    };
    const places = { weights: this.#weights, gradients: this.#weightGradients, stride: candidates * 8 };
    this.#combines = new CombineCalls(this.#places, places, running);
  }

  lower(): Lowered {
    const { program, batchSize } = this.options;
    const memory = this.#memory;
    for (const operation of program.operations) this.#forward(operation);
    const labels = memory.words(batchSize);
    const totals = memory.bytes(16 * this.#parts.parts.length);
    this.#gradient(program.output);
    this.#call(
      this.options.loss,
      memory.fields(LossField, {
        logits: this.#at(program.output),
        labels,
        gradient: this.#gradients.get(program.output) as number,
        classes: valueSize(program.values[program.output] as Value),
        batch: batchSize,
        totals,
        totalsStride: 16,
      }),
    );
    const backward = this.#calls.length;
    // Sums of the way forward are still read by slower threads when a faster one turns back.
    this.#call(Call.barrier);
    for (const operation of program.operations.toReversed()) {
      this.#backward(operation);
      this.#release(operation.output);
    }
    const controls = memory.words(4);
    const optimizer = this.#calls.length;
    this.#call(Call.barrier);
    this.#call(this.#optimizer(), this.#optimizerFields(this.#firstParameter, this.#firstGradient, this.#trainable, controls, this.#parts));
    const end = this.#calls.length;
    this.#call(Call.end);
    const before = [...this.#packing, Call.barrier, 0];
    const list = memory.holding(Int32Array.from([...before, ...this.#calls]));
    const withoutUpdate = memory.holding(Int32Array.from([...before, ...this.#calls.slice(0, optimizer), Call.end, 0]));
    const mark = (calls: number) => list + (before.length + calls) * 4;
    return {
      memory,
      shared: this.#shared(list),
      program: list,
      programWithoutUpdate: withoutUpdate,
      marks: { backward: mark(backward), optimizer: mark(optimizer), end: mark(end) },
      input: this.#at(program.input),
      labels,
      parameters: this.#parameters,
      toGradient: this.#firstGradient - this.#firstParameter,
      gradientStride: this.#trainable * 4,
      parts: this.#parts,
      controls,
      architecture: this.#architecture(),
      weights: this.#weights,
      weightGradients: this.#weightGradients,
      masks: this.#combines.masks,
      totals,
    };
  }

  lowerInference(): LoweredInference {
    const { program } = this.options;
    for (const operation of program.operations) this.#forward(operation);
    this.#call(Call.end);
    const list = this.#memory.holding(Int32Array.from([...this.#packing, Call.barrier, 0, ...this.#calls]));
    return {
      memory: this.#memory,
      shared: this.#shared(list),
      program: list,
      input: this.#at(program.input),
      output: this.#at(program.output),
      parameters: this.#parameters,
      weights: this.#weights,
      masks: this.#combines.masks,
    };
  }

  /** @param program the list that is walked unless a run says otherwise */
  #shared(program: number): number {
    const { threads, batchSize } = this.options;
    const memory = this.#memory;
    const parts = this.#parts.parts.map(({ first, end, share, joins }) =>
      memory.fields(PartField, { first, end, share: share * this.#trainable * 4, joins: Number(joins) }),
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

  #optimizer(): Call {
    return this.options.optimizer === 'adam' ? Call.adam : Call.sgd;
  }

  #optimizerFields(
    parameters: number,
    gradients: number,
    count: number,
    controls: number,
    { shares, firstHalf }: Pick<BatchParts, 'shares' | 'firstHalf'>,
  ): Int32Array {
    const memory = this.#memory;
    const [first, second] = [memory.words(count), memory.words(count)];
    const fields = { parameters, gradients, gradientStride: count * 4, shares, firstHalf, first, second, count, controls };
    return memory.fields(OptimizerField, fields);
  }

  #architecture(): LoweredArchitecture {
    const memory = this.#memory;
    const count = Math.ceil(this.options.candidates / 4) * 4;
    const [parameters, gradients, controls] = [memory.words(count), memory.words(count), memory.words(4)];
    const optimizer = memory.holding(this.#optimizerFields(parameters, gradients, count, controls, { shares: 1, firstHalf: 1 }));
    return { parameters, gradients, controls, optimizer, call: this.#optimizer() };
  }

  #call(call: Call, fields?: Int32Array): void {
    this.#calls.push(call, fields ? this.#memory.holding(fields) : 0);
  }

  #at(value: number): number {
    return this.#values[value] as number;
  }

  #shape(value: number): Value {
    return this.options.program.values[value] as Value;
  }

  /**
   * Where to leave a share of a value's gradient. Room is taken from gradients that are not needed any more.
   * @returns its address, 0 for the network's input, and whether to add to what is there
   */
  #gradient(value: number): GradientPlace {
    if (value === this.options.program.input) return { at: 0, accumulate: 0 };
    const present = this.#gradients.get(value);
    if (present !== undefined) return { at: present, accumulate: 1 };
    const size = valueSize(this.#shape(value)) * this.options.batchSize;
    const found = this.#spare.findIndex((spare) => spare.size === size);
    const at = found >= 0 ? (this.#spare.splice(found, 1)[0] as { at: number }).at : this.#memory.words(size);
    this.#gradients.set(value, at);
    return { at, accumulate: 0 };
  }

  #release(value: number): void {
    const at = this.#gradients.get(value);
    if (at !== undefined) this.#spare.push({ at, size: valueSize(this.#shape(value)) * this.options.batchSize });
  }

  #forward(operation: FusedOperation): void {
    switch (operation.kind) {
      case 'conv2d':
      case 'dense': {
        convolutionForward(this.#places, operation);
        return;
      }
      case 'depthwiseConv2d': {
        depthwiseForward(this.#places, operation);
        return;
      }
      case 'globalAvgPool': {
        this.#call(Call.globalAvgPool, this.#pool(operation, { input: this.#at(operation.input), output: this.#at(operation.output) }));
        return;
      }
      case 'combine': {
        this.#combines.forward(operation);
        return;
      }
      default:
        operation satisfies never;
    }
  }

  #backward(operation: FusedOperation): void {
    const dy = this.#gradients.get(operation.output);
    // A value that nobody reads has no gradient.
    if (dy === undefined) return;
    switch (operation.kind) {
      case 'conv2d':
      case 'dense': {
        this.#biasGradient(operation, dy);
        convolutionBackFilter(this.#places, operation, dy);
        const to = this.#gradient(operation.input);
        if (to.at) convolutionBackInput(this.#places, operation, dy, to);
        return;
      }
      case 'depthwiseConv2d': {
        this.#biasGradient(operation, dy);
        depthwiseBackFilter(this.#places, operation, dy);
        const to = this.#gradient(operation.input);
        if (to.at) depthwiseBackInput(this.#places, operation, dy, to);
        return;
      }
      case 'globalAvgPool': {
        const { at, accumulate } = this.#gradient(operation.input);
        if (at) this.#call(Call.globalAvgPoolBack, this.#pool(operation, { input: dy, output: at, accumulate }));
        return;
      }
      case 'combine': {
        this.#combines.back(operation, dy, (value) => this.#gradient(value));
        return;
      }
      default:
        operation satisfies never;
    }
  }

  #pool({ input }: Pool, addresses: Partial<Record<keyof typeof PoolField, number>>): Int32Array {
    const { height, width, channels } = this.#shape(input);
    return this.#memory.fields(PoolField, { ...addresses, pixels: height * width, channels });
  }

  #biasGradient({ bias, output }: { readonly bias: string | null; readonly output: number }, dy: number): void {
    if (bias === null) return;
    const { height, width, channels } = this.#shape(output);
    this.#places.sum(Call.columnSums, bias, this.#memory.fields(ColumnSumField, { gradient: dy, pixels: height * width, channels }));
  }

  #scratchOf(operation: FusedOperation): number {
    if (operation.kind !== 'conv2d' && operation.kind !== 'depthwiseConv2d') return 0;
    const [from, to] = [this.#shape(operation.input), this.#shape(operation.output)];
    return operation.kind === 'conv2d'
      ? convolutionScratch(operation, from, to, this.options.batchSize)
      : depthwiseScratch(operation, from, to);
  }
}
