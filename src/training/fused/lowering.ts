/**
 * Lowers a fused program to kernel calls over one block of memory: where every value, gradient and parameter lies, and what
 * each kernel is told. Both ways are worked out here, once; a step then only walks through the calls.
 */
import type { NetworkPlan, PlannedParameter } from '../../core/network/plan';
import type { OptimizerKind } from '../../core/search/optimizers';
import { Call, ColumnSumField, SharedField } from '../../kernels/calls';
import { BranchField, Coefficient, CombineField } from '../../kernels/combine/fields';
import { Conv2dField, PackField } from '../../kernels/conv2d/fields';
import { BackInputField, PackPhaseField, PhaseField } from '../../kernels/conv2dBackpropInput/fields';
import { DepthwiseField } from '../../kernels/depthwiseConv2d/fields';
import { PoolField } from '../../kernels/globalAvgPool/fields';
import { OptimizerField } from '../../kernels/optimizer/fields';
import { LossField } from '../../kernels/softmaxCrossEntropy/fields';
import { WinogradField, WinogradPackField } from '../../kernels/winograd/fields';
import { MemoryPlan } from './memoryPlan';
import type { Branch, Combine, Convolution, Dense, Depthwise, FusedOperation, FusedProgram, Norm, Value } from './program';
import { paddedSize, phases, reach, spreadSize, unit } from './windowGeometry';
import { planWinograd, transformedKernel, winogradTile } from './winograd';

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
  /** Bytes from a trainable parameter to its gradient of the first thread; later threads follow at `gradientStride`. */
  readonly toGradient: number;
  readonly gradientStride: number;
  /** [rate, second-moment correction, weight decay] as float32. */
  readonly controls: number;
  readonly architecture: LoweredArchitecture;
  /** Candidate weights as float32, and per thread their gradients as float64, `candidates` of them. */
  readonly weights: number;
  readonly weightGradients: number;
  /** Masks by the path of the operation that they mask. */
  readonly masks: ReadonlyMap<string, LoweredMask>;
  /** Per thread [loss, right answers] as float64. */
  readonly totals: number;
}

/** A factor per channel as float32, and its gradient as float64. */
export interface LoweredMask {
  readonly values: number;
  readonly gradients: number;
  readonly channels: number;
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
}

/** Numbers that a parameter takes up: vectors start at multiples of 16 bytes. */
const roomOf = ({ shape }: PlannedParameter) => Math.ceil(shape.reduce((product, extent) => product * extent, 1) / 4) * 4;
const sizeOf = ({ height, width, channels }: Value) => height * width * channels;

export function lower(options: Options): Lowered {
  return new Lowering(options, false).lower();
}

/** A program that only runs forward, with the running statistics of batch norms. */
export type LoweredInference = Pick<Lowered, 'memory' | 'shared' | 'program' | 'input' | 'parameters' | 'weights' | 'masks'> & {
  /** Logits [batch, classes] as float32. */
  readonly output: number;
};

export function lowerInference(options: Omit<Options, 'optimizer'>): LoweredInference {
  return new Lowering({ ...options, optimizer: 'sgd' }, true).lowerInference();
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
  readonly #masks = new Map<string, LoweredMask>();
  readonly #trainable: number;
  readonly #firstParameter: number;
  readonly #firstGradient: number;
  readonly #zeros: number;
  readonly #weights: number;
  readonly #weightGradients: number;
  readonly #scratch: number;
  readonly #scratchStride: number;
  /** Of combine operations, made going forward and used again going backward. */
  readonly #combines = new Map<Combine, { readonly block: Int32Array; readonly branches: Int32Array }>();

  constructor(
    private readonly options: Options,
    private readonly running: boolean,
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
    this.#firstGradient = memory.words(this.#trainable * threads);
    // A dense layer takes a whole picture for the channels of one pixel.
    const widest = Math.max(...program.values.map(sizeOf));
    this.#zeros = memory.words(widest + 8);
    this.#weights = memory.words(Math.max(1, candidates));
    this.#weightGradients = memory.bytes(Math.max(1, candidates) * 8 * threads);
    this.#values = program.values.map((value) => memory.words(sizeOf(value) * batchSize));
    this.#scratchStride =
      Math.ceil((program.operations.reduce((most, operation) => Math.max(most, this.#scratchOf(operation)), 0) + 16) / 16) * 64;
    this.#scratch = memory.bytes(this.#scratchStride * threads);
  }

  lower(): Lowered {
    const { program, batchSize, threads } = this.options;
    const memory = this.#memory;
    this.#call(Call.clearGradients);
    for (const operation of program.operations) this.#forward(operation);
    const labels = memory.words(batchSize);
    const totals = memory.bytes(16 * threads);
    this.#gradient(program.output);
    this.#call(
      Call.softmaxCrossEntropy,
      memory.fields(LossField, {
        logits: this.#at(program.output),
        labels,
        gradient: this.#gradients.get(program.output) as number,
        classes: sizeOf(program.values[program.output] as Value),
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
    this.#call(this.#optimizer(), this.#optimizerFields(this.#firstParameter, this.#firstGradient, this.#trainable, controls));
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
      controls,
      architecture: this.#architecture(),
      weights: this.#weights,
      weightGradients: this.#weightGradients,
      masks: this.#masks,
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
      masks: this.#masks,
    };
  }

  /** @param program the list that is walked unless a run says otherwise */
  #shared(program: number): number {
    const { threads, batchSize } = this.options;
    const fields = { program, threads, batch: batchSize, gradientStride: this.#trainable * 4, gradients: this.#firstGradient };
    return this.#memory.holding(this.#memory.fields(SharedField, fields));
  }

  #optimizer(): Call {
    return this.options.optimizer === 'adam' ? Call.adam : Call.sgd;
  }

  #optimizerFields(parameters: number, gradients: number, count: number, controls: number): Int32Array {
    const [first, second] = [this.#memory.words(count), this.#memory.words(count)];
    return this.#memory.fields(OptimizerField, { parameters, gradients, gradientStride: count * 4, first, second, count, controls });
  }

  #architecture(): LoweredArchitecture {
    const memory = this.#memory;
    const count = Math.ceil(this.options.candidates / 4) * 4;
    const [parameters, gradients, controls] = [memory.words(count), memory.words(count), memory.words(4)];
    const optimizer = memory.holding(this.#optimizerFields(parameters, gradients, count, controls));
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

  #parameter(name: string): number {
    return this.#parameters.get(name) as number;
  }

  #gradientOfParameter(name: string): number {
    return this.#parameter(name) - this.#firstParameter + this.#firstGradient;
  }

  /**
   * Where to leave a share of a value's gradient. Room is taken from gradients that are not needed any more.
   * @returns its address, 0 for the network's input, and whether to add to what is there
   */
  #gradient(value: number): { readonly at: number; readonly accumulate: number } {
    if (value === this.options.program.input) return { at: 0, accumulate: 0 };
    const present = this.#gradients.get(value);
    if (present !== undefined) return { at: present, accumulate: 1 };
    const size = sizeOf(this.#shape(value)) * this.options.batchSize;
    const found = this.#spare.findIndex((spare) => spare.size === size);
    const at = found >= 0 ? (this.#spare.splice(found, 1)[0] as { at: number }).at : this.#memory.words(size);
    this.#gradients.set(value, at);
    return { at, accumulate: 0 };
  }

  #release(value: number): void {
    const at = this.#gradients.get(value);
    if (at !== undefined) this.#spare.push({ at, size: sizeOf(this.#shape(value)) * this.options.batchSize });
  }

  #forward(operation: FusedOperation): void {
    const memory = this.#memory;
    switch (operation.kind) {
      case 'conv2d':
      case 'dense': {
        const winograd = this.#winograd(operation);
        if (winograd) {
          this.#call(Call.winogradConv2d, winograd);
          return;
        }
        const fields = this.#convolution(operation);
        const rows =
          (fields[Conv2dField.kernelHeight] as number) *
          (fields[Conv2dField.kernelWidth] as number) *
          (fields[Conv2dField.channels] as number);
        const filters = fields[Conv2dField.filters] as number;
        const packed = memory.words(Math.ceil(filters / 8) * 8 * rows);
        this.#pack(
          Call.packKernel,
          memory.fields(PackField, { kernel: this.#parameter(operation.kernel), packed, rows, filters, turn: this.#packing.length / 2 }),
        );
        fields[Conv2dField.packed] = packed;
        this.#call(Call.conv2d, fields);
        return;
      }
      case 'depthwiseConv2d':
        this.#call(Call.depthwiseConv2d, this.#depthwise(operation));
        return;
      case 'globalAvgPool': {
        const { height, width, channels } = this.#shape(operation.input);
        this.#call(
          Call.globalAvgPool,
          memory.fields(PoolField, {
            input: this.#at(operation.input),
            output: this.#at(operation.output),
            pixels: height * width,
            channels,
          }),
        );
        return;
      }
      case 'combine': {
        const made = this.#combine(operation);
        this.#combines.set(operation, made);
        const block = this.#combineBlock(made);
        if (!this.running && operation.branches.some(({ norm }) => norm)) {
          this.#call(Call.combineSums, block);
          this.#call(Call.barrier);
        }
        this.#call(Call.combineApply, block);
        return;
      }
      default:
        operation satisfies never;
    }
  }

  #backward(operation: FusedOperation): void {
    const memory = this.#memory;
    const dy = this.#gradients.get(operation.output);
    // A value that nobody reads has no gradient.
    if (dy === undefined) return;
    switch (operation.kind) {
      case 'conv2d':
      case 'dense': {
        this.#biasGradient(operation, dy);
        const winograd = this.#winograd(operation, dy);
        if (winograd) this.#call(Call.winogradFilter, winograd);
        else {
          const fields = this.#convolution(operation);
          fields[Conv2dField.output] = dy;
          fields[Conv2dField.kernel] = this.#gradientOfParameter(operation.kernel);
          this.#call(Call.conv2dBackpropFilter, fields);
        }
        this.#convolutionBackInput(operation, dy);
        return;
      }
      case 'depthwiseConv2d': {
        this.#biasGradient(operation, dy);
        const fields = this.#depthwise(operation);
        fields[DepthwiseField.output] = dy;
        fields[DepthwiseField.kernel] = this.#gradientOfParameter(operation.kernel);
        this.#call(Call.depthwiseBackpropFilter, fields);
        this.#depthwiseBackInput(operation, dy);
        return;
      }
      case 'globalAvgPool': {
        const { height, width, channels } = this.#shape(operation.input);
        const { at, accumulate } = this.#gradient(operation.input);
        if (at)
          this.#call(
            Call.globalAvgPoolBack,
            memory.fields(PoolField, { input: dy, output: at, pixels: height * width, channels, accumulate }),
          );
        return;
      }
      case 'combine': {
        const { block, branches } = this.#combines.get(operation) as { block: Int32Array; branches: Int32Array };
        block[CombineField.gradient] = dy;
        operation.branches.forEach(({ input }, index) => {
          const { at, accumulate } = this.#gradient(input);
          branches[index * BranchField.size + BranchField.inputGradient] = at;
          branches[index * BranchField.size + BranchField.accumulate] = accumulate;
        });
        const fields = this.#combineBlock({ block, branches });
        const byChannel = operation.branches.some(({ norm, mask }) => norm !== null || mask !== null);
        if (byChannel || operation.branches.some(({ candidate }) => candidate !== null)) this.#call(Call.combineBackSums, fields);
        if (byChannel) this.#call(Call.barrier);
        this.#call(Call.combineBackApply, fields);
        return;
      }
      default:
        operation satisfies never;
    }
  }

  #pack(call: Call, fields: Int32Array): void {
    this.#packing.push(call, this.#memory.holding(fields));
  }

  #biasGradient({ bias, output }: { readonly bias: string | null; readonly output: number }, dy: number): void {
    if (bias === null) return;
    const { height, width, channels } = this.#shape(output);
    this.#call(
      Call.columnSums,
      this.#memory.fields(ColumnSumField, { gradient: dy, result: this.#gradientOfParameter(bias), pixels: height * width, channels }),
    );
  }

  /** The fields of a convolution; a dense layer is one of 1x1 over examples instead of pixels. */
  #convolution(operation: Convolution | Dense): Int32Array {
    const from = this.#shape(operation.input);
    const to = this.#shape(operation.output);
    const dense = operation.kind === 'dense';
    const { kernel, stride, top, left } = dense ? unit : operation.window;
    const { height, width, channels } = dense ? { height: 1, width: 1, channels: sizeOf(from) } : from;
    return this.#memory.fields(Conv2dField, {
      input: this.#at(operation.input),
      output: this.#at(operation.output),
      bias: operation.bias === null ? this.#zeros : this.#parameter(operation.bias),
      height,
      width,
      channels,
      outHeight: to.height,
      outWidth: to.width,
      filters: to.channels,
      kernelHeight: kernel[0],
      kernelWidth: kernel[1],
      strideDown: stride[0],
      strideRight: stride[1],
      top,
      left,
      ...paddedSize(from, to, { kernel, stride, top, left }),
      scratch: this.#scratch,
      scratchStride: this.#scratchStride,
      flat: Number(dense),
    });
  }

  /**
   * The fields of a convolution by Winograd's algorithm, null where it is summed directly.
   * @param dy the output's gradient, for the filter gradient; without it for the way forward
   */
  #winograd(operation: Convolution | Dense, dy?: number): Int32Array | null {
    const [from, to] = [this.#shape(operation.input), this.#shape(operation.output)];
    const tile = operation.kind === 'dense' ? null : winogradTile(operation.window, from.channels, to.channels);
    if (operation.kind === 'dense' || tile === null) return null;
    const bias = operation.bias === null ? this.#zeros : this.#parameter(operation.bias);
    return this.#winogradFields(tile, from, to, operation.window, {
      input: this.#at(operation.input),
      ...(dy === undefined
        ? { output: this.#at(operation.output), weights: this.#transformed(operation, false), bias }
        : { output: dy, kernel: this.#gradientOfParameter(operation.kernel) }),
    });
  }

  #winogradFields(
    tile: number,
    from: Value,
    to: Value,
    { top, left }: { readonly top: number; readonly left: number },
    places: Partial<Record<keyof typeof WinogradField, number>>,
  ): Int32Array {
    const { bytes: _, ...plan } = planWinograd(tile, from, to, { top, left });
    return this.#memory.fields(WinogradField, {
      height: from.height,
      width: from.width,
      channels: from.channels,
      outHeight: to.height,
      outWidth: to.width,
      filters: to.channels,
      top,
      left,
      ...plan,
      scratch: this.#scratch,
      scratchStride: this.#scratchStride,
      ...places,
    });
  }

  /** Where a convolution's transformed kernel is from now on. @param turned for the input gradient */
  #transformed({ kernel, window, input, output }: Convolution, turned: boolean): number {
    const { channels } = this.#shape(input);
    const { channels: filters } = this.#shape(output);
    const weights = this.#memory.words(turned ? transformedKernel(filters, channels) : transformedKernel(channels, filters));
    const fields = { kernel: this.#parameter(kernel), weights, channels, filters, side: window.kernel[0] };
    const turn = this.#packing.length / 2;
    this.#pack(Call.winogradPack, this.#memory.fields(WinogradPackField, { ...fields, turned: Number(turned), turn }));
    return weights;
  }

  #convolutionBackInput(operation: Convolution | Dense, dy: number): void {
    const { at, accumulate } = this.#gradient(operation.input);
    if (!at) return;
    const [input, output] = [this.#shape(operation.input), this.#shape(operation.output)];
    const tile = operation.kind === 'dense' ? null : winogradTile(operation.window, input.channels, output.channels);
    if (operation.kind !== 'dense' && tile !== null) {
      const { kernel, top, left } = operation.window;
      const around = { top: kernel[0] - 1 - top, left: kernel[1] - 1 - left };
      const places = { input: dy, output: at, weights: this.#transformed(operation, true), bias: this.#zeros, accumulate };
      this.#call(Call.winogradConv2d, this.#winogradFields(tile, output, input, around, places));
      return;
    }
    const memory = this.#memory;
    const from = this.#shape(operation.input);
    const to = this.#shape(operation.output);
    const dense = operation.kind === 'dense';
    const window = dense ? unit : operation.window;
    const { height, width, channels } = dense ? { height: 1, width: 1, channels: sizeOf(from) } : from;
    const down = phases(height, window.kernel[0], window.stride[0], window.top);
    const right = phases(width, window.kernel[1], window.stride[1], window.left);
    const [top, bottom] = reach(down, to.height);
    const [left, end] = reach(right, to.width);
    const list = down.flatMap((row) =>
      right.map((column) => {
        const packed = memory.words(Math.ceil(channels / 8) * 8 * Math.max(1, row.taps * column.taps * to.channels));
        this.#pack(
          Call.packPhase,
          memory.fields(PackPhaseField, {
            kernel: this.#parameter(operation.kernel),
            packed,
            kernelHeight: window.kernel[0],
            kernelWidth: window.kernel[1],
            channels,
            filters: to.channels,
            strideDown: window.stride[0],
            strideRight: window.stride[1],
            firstDown: row.tap,
            firstRight: column.tap,
            taps: row.taps,
            tapColumns: column.taps,
            turn: this.#packing.length / 2,
          }),
        );
        return memory.fields(PhaseField, {
          packed,
          row: row.first,
          column: column.first,
          rows: row.count,
          columns: column.count,
          fromRow: row.from + top,
          fromColumn: column.from + left,
          // A phase that no tap reaches is filled with zeros.
          taps: column.taps === 0 ? 0 : row.taps,
          tapColumns: column.taps,
        });
      }),
    );
    this.#call(
      Call.conv2dBackpropInput,
      memory.fields(BackInputField, {
        gradient: dy,
        result: at,
        height,
        width,
        channels,
        outHeight: to.height,
        outWidth: to.width,
        filters: to.channels,
        strideDown: window.stride[0],
        strideRight: window.stride[1],
        top,
        left,
        paddedHeight: top + to.height + bottom,
        paddedWidth: left + to.width + end,
        scratch: this.#scratch,
        scratchStride: this.#scratchStride,
        accumulate,
        phases: memory.holding(joined(list)),
        phaseCount: list.length,
        zeros: this.#zeros,
        flat: Number(dense),
      }),
    );
  }

  #depthwise(operation: Depthwise): Int32Array {
    const from = this.#shape(operation.input);
    const to = this.#shape(operation.output);
    const { kernel, stride, top, left } = operation.window;
    return this.#memory.fields(DepthwiseField, {
      input: this.#at(operation.input),
      output: this.#at(operation.output),
      kernel: this.#parameter(operation.kernel),
      bias: operation.bias === null ? this.#zeros : this.#parameter(operation.bias),
      height: from.height,
      width: from.width,
      channels: from.channels,
      outHeight: to.height,
      outWidth: to.width,
      kernelHeight: kernel[0],
      kernelWidth: kernel[1],
      strideDown: stride[0],
      strideRight: stride[1],
      top,
      left,
      ...paddedSize(from, to, operation.window),
      scratch: this.#scratch,
      scratchStride: this.#scratchStride,
    });
  }

  /** A convolution of stride 1 over the gradient, its pixels set apart by the stride. */
  #depthwiseBackInput(operation: Depthwise, dy: number): void {
    const { at, accumulate } = this.#gradient(operation.input);
    if (!at) return;
    const from = this.#shape(operation.input);
    const to = this.#shape(operation.output);
    const { kernel, stride, top, left } = operation.window;
    this.#call(
      Call.depthwiseBackpropInput,
      this.#memory.fields(DepthwiseField, {
        input: dy,
        output: at,
        kernel: this.#parameter(operation.kernel),
        bias: this.#zeros,
        height: to.height,
        width: to.width,
        channels: to.channels,
        outHeight: from.height,
        outWidth: from.width,
        kernelHeight: kernel[0],
        kernelWidth: kernel[1],
        strideDown: stride[0],
        strideRight: stride[1],
        top: kernel[0] - 1 - top,
        left: kernel[1] - 1 - left,
        ...spreadSize(from, to, operation.window),
        scratch: this.#scratch,
        scratchStride: this.#scratchStride,
        accumulate,
      }),
    );
  }

  #combine({ output, relu, branches }: Combine): { block: Int32Array; branches: Int32Array } {
    const { height, width, channels } = this.#shape(output);
    const list = joined(branches.map((branch) => this.#branch(branch, channels)));
    const block = this.#memory.fields(CombineField, {
      output: this.#at(output),
      channels,
      pixels: height * width,
      relu: Number(relu),
      running: Number(this.running),
      branchCount: branches.length,
    });
    return { block, branches: list };
  }

  #combineBlock({ block, branches }: { readonly block: Int32Array; readonly branches: Int32Array }): Int32Array {
    const fields = block.slice();
    fields[CombineField.branches] = this.#memory.holding(branches.slice());
    return fields;
  }

  #branch({ input, norm, mask, relu, candidate }: Branch, channels: number): Int32Array {
    return this.#memory.fields(
      BranchField,
      {
        input: this.#at(input),
        relu: Number(relu),
        ...(candidate !== null && {
          weight: this.#weights + candidate * 4,
          weightGradient: this.#weightGradients + candidate * 8,
          weightStride: this.options.candidates * 8,
        }),
        ...(mask !== null && this.#maskFields(mask, channels)),
        ...((norm !== null || mask !== null) && this.#channelFields(channels)),
        ...(norm && this.#normFields(norm)),
      },
      norm ? { momentum: norm.momentum, epsilon: norm.epsilon } : {},
    );
  }

  #maskFields(path: string, channels: number) {
    const placed = { values: this.#memory.words(channels), gradients: this.#memory.bytes(channels * 8), channels };
    this.#masks.set(path, placed);
    return { mask: placed.values, maskGradient: placed.gradients };
  }

  #normFields({ path }: Norm) {
    return {
      gamma: this.#parameter(`${path}/gamma`),
      beta: this.#parameter(`${path}/beta`),
      gammaGradient: this.#gradientOfParameter(`${path}/gamma`),
      betaGradient: this.#gradientOfParameter(`${path}/beta`),
      movingMean: this.#parameter(`${path}/movingMean`),
      movingVariance: this.#parameter(`${path}/movingVariance`),
    };
  }

  /** Room for what is worked out per channel. */
  #channelFields(channels: number) {
    const { threads } = this.options;
    const coefficientsStride = Math.ceil((channels * Coefficient.count * 4) / 64) * 64;
    return {
      sums: this.#memory.bytes(channels * 16 * threads),
      sumsStride: channels * 16,
      coefficients: this.#memory.bytes(coefficientsStride * threads),
      coefficientsStride,
    };
  }

  /** Numbers of padded picture that an operation needs, the greater of both ways. */
  #scratchOf(operation: FusedOperation): number {
    if (operation.kind !== 'conv2d' && operation.kind !== 'depthwiseConv2d') return 0;
    const from = this.#shape(operation.input);
    const to = this.#shape(operation.output);
    const window = operation.window;
    const tile = operation.kind === 'conv2d' ? winogradTile(window, from.channels, to.channels) : null;
    if (tile !== null) {
      const around = { top: window.kernel[0] - 1 - window.top, left: window.kernel[1] - 1 - window.left };
      return Math.max(planWinograd(tile, from, to, window).bytes, planWinograd(tile, to, from, around).bytes) / 4;
    }
    const there = paddedSize(from, to, window);
    const back =
      operation.kind === 'depthwiseConv2d'
        ? spreadSize(from, to, window)
        : {
            paddedHeight:
              to.height + reach(phases(from.height, window.kernel[0], window.stride[0], window.top), to.height).reduce((a, b) => a + b),
            paddedWidth:
              to.width + reach(phases(from.width, window.kernel[1], window.stride[1], window.left), to.width).reduce((a, b) => a + b),
          };
    return Math.max(there.paddedHeight * there.paddedWidth * from.channels, back.paddedHeight * back.paddedWidth * to.channels);
  }
}

function joined(blocks: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(blocks.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
