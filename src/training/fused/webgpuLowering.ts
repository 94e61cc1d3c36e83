/**
 * Lowers a fused program to a recording for WebGPU: every buffer that a step needs and every kernel that it runs, in order. No
 * device is touched here; what changes from step to step (the batch, rates, strengths) lies in buffers, so that a recording is
 * made once and replayed.
 */
import type { PictureSet } from '../../core/data/dataset';
import type { NetworkPlan, PlannedParameter } from '../../core/network/plan';
import type { Architecture } from '../../core/search/architecture';
import type { OptimizerKind } from '../../core/search/optimizers';
import { metricNames } from '../../core/search/trainingStep';
import { columnSums } from '../../kernels/columnSums/webgpu';
import { conv2d, type ConvolutionShape } from '../../kernels/conv2d/webgpu';
import { conv2dBackpropFilter, conv2dFilterSplits } from '../../kernels/conv2dBackpropFilter/webgpu';
import { conv2dBackpropInput } from '../../kernels/conv2dBackpropInput/webgpu';
import { depthwiseBackpropFilter, depthwiseFilterSplits } from '../../kernels/depthwiseBackpropFilter/webgpu';
import { depthwiseBackpropInput } from '../../kernels/depthwiseBackpropInput/webgpu';
import { depthwiseConv2d } from '../../kernels/depthwiseConv2d/webgpu';
import { gather } from '../../kernels/gather/webgpu';
import { globalAvgPool, globalAvgPoolBack } from '../../kernels/globalAvgPool/webgpu';
import { adam, BLOCK, sgd, TABLE_COLUMNS } from '../../kernels/optimizer/webgpu';
import { softmaxCrossEntropy } from '../../kernels/softmaxCrossEntropy/webgpu';
import type { Tiles } from '../../kernels/tiles';
import type { Dispatch } from '../../kernels/wgsl';
import { controlsSize, lowerArchitecture } from './webgpuArchitecture';
import { lowerCombine, lowerCombineBack, sumsRoom, type LoweredCombine } from './webgpuCombine';
import { padded, paddedLayouts, type PaddedLayout } from './paddedLayout';
import type { Combine, Convolution, Dense, Depthwise, FusedOperation, FusedProgram, Value } from './program';

/** A buffer by its number in the recording. */
export interface PlannedBuffer {
  readonly label: string;
  /** Numbers of four bytes. */
  readonly words: number;
  /** What it holds at the start; zeros without. */
  readonly contents?: Int32Array | Float32Array;
}

export interface Recording {
  readonly buffers: readonly PlannedBuffer[];
  readonly dispatches: readonly Dispatch[];
  /** Each fills the inputs out of one picture set; none is among the dispatches. */
  readonly gathers: readonly Gather[];
  /** Inputs, channels filled up, and labels of a batch. */
  readonly input: number;
  readonly labels: number;
  /** Numbers as `control` places them. */
  readonly controls: number;
  readonly metrics: number;
  /** The buffers of trainable and of other parameters, and the former's gradients. */
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  /** Where each parameter starts in its buffer, in numbers. */
  readonly places: ReadonlyMap<string, number>;
  readonly layouts: ReadonlyMap<string, PaddedLayout>;
  /** Rows of architecture parameters, their gradients and moments; null where nothing is searched. */
  readonly architecture: number | null;
  /** All factors: candidates' weights or masks. */
  readonly weights: number;
  /** Where each mask starts among the weights, and its gradient among the shares, by the path of what is masked; in numbers. */
  readonly masks: ReadonlyMap<string, MaskPlace>;
  /** How many of the dispatches lead to the loss. */
  readonly forward: number;
  /** How many of the dispatches come before the update of the parameters, which is the last one. */
  readonly beforeUpdate: number;
}

export interface Gather {
  readonly dispatch: Dispatch;
  /** The set's bytes. */
  readonly pixels: number;
  /** Four numbers per example, as `Draw` has them. */
  readonly picks: number;
}

export interface MaskPlace {
  readonly at: number;
  readonly channels: number;
}

export interface LoweringOptions {
  readonly plan: NetworkPlan;
  readonly program: FusedProgram;
  readonly batchSize: number;
  /** Picture sets that stay on the device. */
  readonly sets: readonly PictureSet[];
  /** The search, null where there is none. */
  readonly architecture: Architecture | null;
  /** Candidates of all mixed operations. */
  readonly candidates: number;
  readonly optimizer: OptimizerKind;
  /** Storage buffers that a kernel may take on this device: 8 or more. */
  readonly storageBuffers: number;
  readonly tiles: Tiles;
}

export function lowerForWebgpu(options: LoweringOptions): Recording {
  return new Lowering(options, 'batch').lower();
}

/** A recording that only runs forward, with the running statistics of batch norms. */
export type InferenceRecording = Pick<
  Recording,
  'buffers' | 'dispatches' | 'gathers' | 'input' | 'parameters' | 'running' | 'places' | 'layouts' | 'weights' | 'masks'
> & {
  /** Logits [batch, classes], classes filled up. */
  readonly output: number;
};

export function lowerInferenceForWebgpu(options: Omit<LoweringOptions, 'sets' | 'architecture' | 'optimizer'>): InferenceRecording {
  return new Lowering({ ...options, sets: [], architecture: null, optimizer: 'sgd' }, 'running').lowerInference();
}

const sizeOf = ({ height, width, channels }: Value) => height * width * padded(channels);

class Lowering {
  readonly #buffers: PlannedBuffer[] = [];
  readonly #dispatches: Dispatch[] = [];
  readonly #layouts: Map<string, PaddedLayout>;
  readonly #places = new Map<string, number>();
  readonly #values: number[];
  /** Gradients that are in use, by value, and buffers that are free for others. */
  readonly #gradients = new Map<number, number>();
  readonly #spare: number[] = [];
  readonly #parameters: number;
  readonly #parameterWords: number;
  readonly #running: number;
  readonly #parameterGradients: number;
  readonly #filterPartials: number;
  /** Per block of parameters: where the parts of its gradient are. */
  readonly #table: Int32Array;
  readonly #sums: number;
  readonly #weights: number;
  readonly #shares: number;
  /** First and last share of each candidate's weight. */
  readonly #shareRanges: [number, number][];
  readonly #masks = new Map<string, MaskPlace>();
  readonly #combines = new Map<Combine, LoweredCombine>();

  constructor(
    private readonly options: LoweringOptions,
    private readonly statistics: 'batch' | 'running',
  ) {
    const trains = statistics === 'batch';
    const { plan, program, batchSize, candidates } = options;
    this.#layouts = paddedLayouts(plan, program);
    this.#parameterWords = this.#place(plan.parameters.filter(({ trainable }) => trainable));
    this.#parameters = this.#buffer('parameters', this.#parameterWords);
    this.#parameterGradients = this.#buffer('parameter gradients', trains ? this.#parameterWords : 0);
    this.#running = this.#buffer('running statistics', this.#place(plan.parameters.filter(({ trainable }) => !trainable)));
    this.#table = new Int32Array(Math.ceil(this.#parameterWords / 4 / BLOCK) * TABLE_COLUMNS);
    this.#filterPartials = this.#buffer('filter gradient parts', trains ? this.#placeFilterParts() : 0);
    this.#sums = this.#buffer('sums', Math.max(1, ...program.operations.map((operation) => this.#sumsOf(operation))) * 4);
    this.#values = program.values.map((value, index) => this.#buffer(`value ${index}`, sizeOf(value) * batchSize));
    const masks = this.#placeMasks();
    this.#weights = this.#buffer('weights', Math.max(candidates, masks));
    this.#shareRanges = Array.from({ length: candidates }, () => [0, 0]);
    this.#shares = this.#buffer('shares', Math.max(this.#placeShares(), masks));
  }

  lower(): Recording {
    const { program, batchSize, architecture, optimizer } = this.options;
    const labels = this.#buffer('labels', batchSize);
    const metrics = this.#buffer('metrics', metricNames(architecture).length);
    const controls = this.#buffer('controls', controlsSize(architecture));
    const searched =
      architecture &&
      lowerArchitecture(architecture, optimizer, {
        buffer: (label, words) => this.#buffer(label, words),
        holding: (label, contents) => this.#holding(label, contents),
        shareRanges: this.#shareRanges,
        masks: this.#masks,
        factors: this.#weights,
        shares: this.#shares,
        controls,
        metrics,
      });

    if (searched) this.#run(searched.forward);
    for (const operation of program.operations) this.#forward(operation);
    const { index: logitsGradient } = this.#gradient(program.output) as { index: number };
    this.#run(
      softmaxCrossEntropy(
        { batch: batchSize, classes: this.#shape(program.output).channels },
        { logits: this.#value(program.output), labels, gradient: logitsGradient, metrics },
      ),
    );
    const forward = this.#dispatches.length;
    for (const operation of program.operations.toReversed()) {
      this.#backward(operation);
      this.#release(operation.output);
    }
    if (searched) this.#run(searched.backward);
    const beforeUpdate = this.#dispatches.length;
    this.#optimize(controls);
    return {
      buffers: this.#buffers,
      dispatches: this.#dispatches,
      gathers: this.#gathers(),
      input: this.#value(program.input),
      labels,
      controls,
      metrics,
      parameters: this.#parameters,
      running: this.#running,
      gradients: this.#parameterGradients,
      places: this.#places,
      layouts: this.#layouts,
      architecture: searched?.architecture ?? null,
      weights: this.#weights,
      masks: this.#masks,
      forward,
      beforeUpdate,
    };
  }

  lowerInference(): InferenceRecording {
    const { program } = this.options;
    for (const operation of program.operations) this.#forward(operation);
    return {
      buffers: this.#buffers,
      dispatches: this.#dispatches,
      gathers: [],
      input: this.#value(program.input),
      output: this.#value(program.output),
      parameters: this.#parameters,
      running: this.#running,
      places: this.#places,
      layouts: this.#layouts,
      weights: this.#weights,
      masks: this.#masks,
    };
  }

  #gathers(): Gather[] {
    const { sets, batchSize, program } = this.options;
    const picks = this.#buffer('picks', batchSize * 4);
    return sets.map(({ pictures, shape: [height, width, channels], normalization: { mean, deviation } }) => {
      const pixels = this.#buffer('pictures', Math.ceil(pictures.pixels.length / 4));
      const normalization = this.#holding('normalization', Float32Array.from([...mean, ...deviation]));
      const buffers = { pixels, normalization, picks, input: this.#value(program.input) };
      return { dispatch: gather({ batch: batchSize, height, width, channels }, buffers), pixels, picks };
    });
  }

  /** No buffer is empty: a device would refuse it. */
  #buffer(label: string, words: number): number {
    return this.#buffers.push({ label, words: Math.max(4, words) }) - 1;
  }

  #holding(label: string, contents: Int32Array | Float32Array): number {
    return this.#buffers.push({ label, words: Math.max(4, contents.length), contents }) - 1;
  }

  #run(dispatch: Dispatch): void {
    this.#dispatches.push(dispatch);
  }

  #value(index: number): number {
    return this.#values[index] as number;
  }

  #shape(value: number): Value {
    return this.options.program.values[value] as Value;
  }

  /** Gives each parameter its place in their buffer, at a whole block. Returns the buffer's size in numbers. */
  #place(parameters: readonly PlannedParameter[]): number {
    let at = 0;
    for (const { fullName } of parameters) {
      this.#places.set(fullName, at);
      at += Math.ceil(this.#layout(fullName).size / (BLOCK * 4)) * BLOCK * 4;
    }
    return at;
  }

  #layout(name: string): PaddedLayout {
    return this.#layouts.get(name) as PaddedLayout;
  }

  /** Where a parameter starts, in vectors of four. */
  #at(name: string): number {
    return (this.#places.get(name) as number) / 4;
  }

  /** Lays out the parts of all filter gradients, and notes them in the optimizer's table. Returns their size in numbers. */
  #placeFilterParts(): number {
    const { program, tiles } = this.options;
    let at = 0;
    for (const operation of program.operations) {
      if (!('kernel' in operation)) continue;
      const shape = this.#gradientShape(operation);
      const parts = operation.kind === 'depthwiseConv2d' ? depthwiseFilterSplits(shape, tiles) : conv2dFilterSplits(shape, tiles);
      const size = this.#layout(operation.kernel).size / 4;
      const start = this.#at(operation.kernel);
      for (let block = start / BLOCK; block < (start + size) / BLOCK; block++)
        this.#table.set([at - start, parts, size], block * TABLE_COLUMNS);
      // Blocks of four by four start at whole ones.
      at += Math.ceil((parts * size) / 4) * 4;
    }
    return at * 4;
  }

  /** Where the parts of a filter's gradient start, in vectors of four. */
  #partsAt(kernel: string): number {
    const start = this.#at(kernel);
    return (this.#table[(start / BLOCK) * TABLE_COLUMNS] as number) + start;
  }

  #sumsOf(operation: FusedOperation): number {
    return operation.kind === 'combine' ? sumsRoom(operation, this.#combineShape(operation)) : 0;
  }

  #combineShape({ output }: Combine) {
    const { height, width, channels } = this.#shape(output);
    return { pixels: this.options.batchSize * height * width, channels4: padded(channels) / 4, tiles: this.options.tiles };
  }

  /** Every weighted branch leaves a share of its weight's gradient per vector of channels. */
  #placeShares(): number {
    let at = 0;
    for (const operation of this.options.program.operations) {
      if (operation.kind !== 'combine') continue;
      for (const { candidate } of operation.branches)
        if (candidate !== null) this.#shareRanges[candidate] = [at, (at += this.#combineShape(operation).channels4)];
    }
    return at;
  }

  /** Masks lie one after the other, channels filled up. A search has masks or candidates, never both. */
  #placeMasks(): number {
    let at = 0;
    for (const operation of this.options.program.operations) {
      if (operation.kind !== 'combine') continue;
      const { channels } = this.#shape(operation.output);
      for (const { mask } of operation.branches)
        if (mask !== null) {
          this.#masks.set(mask, { at, channels });
          at += padded(channels);
        }
    }
    return at;
  }

  /** Where to leave a share of a value's gradient, and whether to add to what is there; null for the network's input. */
  #gradient(value: number): { readonly index: number; readonly accumulate: boolean } | null {
    if (value === this.options.program.input) return null;
    const present = this.#gradients.get(value);
    if (present !== undefined) return { index: present, accumulate: true };
    const words = sizeOf(this.#shape(value)) * this.options.batchSize;
    const found = this.#spare.findIndex((index) => this.#buffers[index]?.words === words);
    const index = found >= 0 ? (this.#spare.splice(found, 1)[0] as number) : this.#buffer('gradient', words);
    this.#gradients.set(value, index);
    return { index, accumulate: false };
  }

  #release(value: number): void {
    const index = this.#gradients.get(value);
    if (index !== undefined) this.#spare.push(index);
  }

  #forward(operation: FusedOperation): void {
    switch (operation.kind) {
      case 'conv2d':
      case 'dense':
      case 'depthwiseConv2d': {
        const at = { kernel: this.#at(operation.kernel), bias: operation.bias === null ? -1 : this.#at(operation.bias) };
        const buffers = { input: this.#value(operation.input), parameters: this.#parameters, output: this.#value(operation.output) };
        this.#run(
          (operation.kind === 'depthwiseConv2d' ? depthwiseConv2d : conv2d)(this.#windowShape(operation), at, buffers, this.options.tiles),
        );
        return;
      }
      case 'globalAvgPool':
        this.#run(
          globalAvgPool(this.#poolShape(operation.input), { input: this.#value(operation.input), output: this.#value(operation.output) }),
        );
        return;
      case 'combine': {
        const lowered = lowerCombine(operation, this.#combineShape(operation), {
          place: (name) => this.#at(name),
          holding: (label, contents) => this.#holding(label, contents),
          value: (index) => this.#value(index),
          maskAt: (path) => (this.#masks.get(path) as MaskPlace).at,
          sharesAt: (candidate) => (this.#shareRanges[candidate] as [number, number])[0],
          parameters: this.#parameters,
          running: this.#running,
          gradients: this.#parameterGradients,
          weights: this.#weights,
          shares: this.#shares,
          sums: this.#sums,
          storageBuffers: this.options.storageBuffers,
          statistics: this.statistics,
        });
        this.#combines.set(operation, lowered);
        lowered.dispatches.forEach((dispatch) => this.#run(dispatch));
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
      case 'dense':
      case 'depthwiseConv2d': {
        const depthwise = operation.kind === 'depthwiseConv2d';
        const { batchSize, tiles } = this.options;
        if (operation.bias !== null) {
          const { height, width, channels } = this.#shape(operation.output);
          const rows = batchSize * height * width;
          this.#run(columnSums({ rows, channels }, this.#at(operation.bias), { gradient: dy, sums: this.#parameterGradients }));
        }
        const backFilter = depthwise ? depthwiseBackpropFilter : conv2dBackpropFilter;
        const filterBuffers = { input: this.#value(operation.input), gradient: dy, partials: this.#filterPartials };
        this.#run(backFilter(this.#gradientShape(operation), this.#partsAt(operation.kernel), filterBuffers, tiles));
        const to = this.#gradient(operation.input);
        if (!to) return;
        const backInput = depthwise ? depthwiseBackpropInput : conv2dBackpropInput;
        const buffers = { gradient: dy, parameters: this.#parameters, result: to.index };
        this.#run(backInput(this.#windowShape(operation), this.#at(operation.kernel), to.accumulate, buffers, tiles));
        return;
      }
      case 'globalAvgPool': {
        const to = this.#gradient(operation.input);
        if (to) this.#run(globalAvgPoolBack(this.#poolShape(operation.input), to.accumulate, { gradient: dy, result: to.index }));
        return;
      }
      case 'combine': {
        const lowered = this.#combines.get(operation) as LoweredCombine;
        lowerCombineBack(lowered, dy, (value) => this.#gradient(value)).forEach((dispatch) => this.#run(dispatch));
        return;
      }
      default:
        operation satisfies never;
    }
  }

  #optimize(controls: number): void {
    const count = this.#parameterWords / 4;
    const buffers = {
      parameters: this.#parameters,
      gradients: this.#parameterGradients,
      partials: this.#filterPartials,
      table: this.#holding('gradient parts table', this.#table),
      controls,
    };
    if (this.options.optimizer === 'sgd') this.#run(sgd(count, buffers));
    else {
      const moments = {
        first: this.#buffer('first moments', this.#parameterWords),
        second: this.#buffer('second moments', this.#parameterWords),
      };
      this.#run(adam(count, { ...buffers, ...moments }));
    }
  }

  #poolShape(value: number) {
    const { height, width, channels } = this.#shape(value);
    return { pictures: this.options.batchSize, pixels: height * width, channels };
  }

  /** The sizes of a convolution. Where windows are single pixels, all pixels of the batch are one row: tiles fit it best. */
  #windowShape(operation: Convolution | Depthwise | Dense): ConvolutionShape {
    const { batchSize } = this.options;
    const from = this.#shape(operation.input);
    const { height: outHeight, width: outWidth, channels: filters } = this.#shape(operation.output);
    if (operation.kind === 'dense') return rowOf(batchSize, from.height * from.width * padded(from.channels), filters);
    const { kernel, stride, top, left } = operation.window;
    if (operation.kind === 'conv2d' && isPixelwise(operation)) return rowOf(batchSize * from.height * from.width, from.channels, filters);
    return { pictures: batchSize, ...from, outHeight, outWidth, filters, kernel, stride, top, left };
  }

  /** The same for a filter gradient, which is split by rows: there must be some. */
  #gradientShape(operation: Convolution | Depthwise | Dense): ConvolutionShape {
    const shape = this.#windowShape(operation);
    if (operation.kind !== 'conv2d' || !isPixelwise(operation)) return shape;
    const { height, width } = this.#shape(operation.input);
    const pictures = this.options.batchSize * (width < 4 ? 1 : height);
    return { ...shape, pictures, width: shape.width / pictures, outWidth: shape.width / pictures };
  }
}

function rowOf(pixels: number, channels: number, filters: number): ConvolutionShape {
  return {
    pictures: 1,
    height: 1,
    width: pixels,
    channels,
    outHeight: 1,
    outWidth: pixels,
    filters,
    kernel: [1, 1],
    stride: [1, 1],
    top: 0,
    left: 0,
  };
}

function isPixelwise({ window: { kernel, stride, top, left } }: Convolution): boolean {
  return Math.max(...kernel, ...stride) === 1 && top === 0 && left === 0;
}
