/**
 * Positions of everything on the device: parameters, values, gradients, factors and room for sums. Buffers get their numbers here,
 * before any of them exists.
 */
import { BLOCK, TABLE_COLUMNS } from '../../../kernels/optimizer/webgpu';
import { conv2dFilterSplits } from '../../../kernels/conv2dBackpropFilter/webgpu';
import { depthwiseFilterSplits } from '../../../kernels/depthwiseBackpropFilter/webgpu';
import type { Tiles } from '../../../kernels/tiles';
import type { Dispatch } from '../../../kernels/wgsl';
import type { NetworkPlan, PlannedParameter } from '../../../core/network/plan';
import { dropsOut, type Combine, type FusedOperation, type FusedProgram, type Value } from '../program';
import { sumsRoom } from './combine';
import { padded, paddedLayouts, type PaddedLayout } from './paddedLayout';
import type { MaskPlace, PlannedBuffer } from './recording';
import { gradientShape } from './shapes';

export interface LayoutOptions {
  readonly plan: NetworkPlan;
  readonly program: FusedProgram;
  readonly batchSize: number;
  /** Candidates of all mixed operations. */
  readonly candidates: number;
  /** Storage buffers that a kernel may use on this device: 8 or more. */
  readonly storageBuffers: number;
  readonly tiles: Tiles;
}

/** Numbers in a value per example, with channels filled up. */
export const paddedValueSize = ({ height, width, channels }: Value): number => height * width * padded(channels);

export class Layout {
  readonly buffers: PlannedBuffer[] = [];
  readonly dispatches: Dispatch[] = [];
  readonly parameterLayouts: ReadonlyMap<string, PaddedLayout>;
  /** Position of each parameter in its buffer, in numbers. */
  readonly places = new Map<string, number>();
  /** Buffers by number: trainable parameters, their gradients, and running statistics. */
  readonly parameters: number;
  readonly parameterWords: number;
  readonly parameterGradients: number;
  readonly running: number;
  /** Parts of filter gradients, and their positions per block of parameters. */
  readonly filterPartials: number;
  readonly table: Int32Array;
  /** Sums of batch norms. */
  readonly sums: number;
  /** Candidates' weights or masks, and shares of their gradients. */
  readonly weights: number;
  readonly shares: number;
  /** First and last share of each candidate's weight. */
  readonly shareRanges: readonly (readonly [number, number])[];
  readonly masks: ReadonlyMap<string, MaskPlace>;
  /** The step's seed, null where nothing reads it. */
  readonly seed: number | null;
  readonly #values: readonly number[];

  /** @param statistics what batch norms normalise by; nothing is trained when these are the running ones */
  constructor(
    readonly options: LayoutOptions,
    readonly statistics: 'batch' | 'running',
  ) {
    const trains = statistics === 'batch';
    const { plan, program, batchSize, candidates } = options;
    this.parameterLayouts = paddedLayouts(plan, program);
    this.parameterWords = this.#place(plan.parameters.filter(({ trainable }) => trainable));
    this.parameters = this.buffer('parameters', this.parameterWords);
    this.parameterGradients = this.buffer('parameter gradients', trains ? this.parameterWords : 0);
    this.running = this.buffer('running statistics', this.#place(plan.parameters.filter(({ trainable }) => !trainable)));
    this.table = new Int32Array(Math.ceil(this.parameterWords / 4 / BLOCK) * TABLE_COLUMNS);
    this.filterPartials = this.buffer('filter gradient parts', trains ? this.#placeFilterParts() : 0);
    this.sums = this.buffer('sums', Math.max(1, ...program.operations.map((operation) => this.#sumsOf(operation))) * 4);
    this.#values = program.values.map((value, index) => this.buffer(`value ${index}`, paddedValueSize(value) * batchSize));
    this.seed = trains && dropsOut(program) ? this.buffer('seed', 1) : null;
    const masks = placeMasks(program);
    this.masks = masks.places;
    this.weights = this.buffer('weights', Math.max(candidates, masks.size));
    const shares = this.#placeShares(candidates);
    this.shareRanges = shares.ranges;
    this.shares = this.buffer('shares', Math.max(shares.size, masks.size));
  }

  /** Plans a buffer of this many numbers and returns its number. No buffer may be empty, since a device would refuse it. */
  buffer(label: string, words: number): number {
    return this.buffers.push({ label, words: Math.max(4, words) }) - 1;
  }

  /** Plans a buffer with initial contents. */
  holding(label: string, contents: Int32Array | Float32Array): number {
    return this.buffers.push({ label, words: Math.max(4, contents.length), contents }) - 1;
  }

  run(...dispatches: readonly Dispatch[]): void {
    this.dispatches.push(...dispatches);
  }

  /** The buffer of a value of the program. */
  value(index: number): number {
    return this.#values[index] as number;
  }

  shape(value: number): Value {
    return this.options.program.values[value] as Value;
  }

  /** Position of a parameter, in vectors of four. */
  at(parameter: string): number {
    return (this.places.get(parameter) as number) / 4;
  }

  /** Position of the parts of a filter's gradient, in vectors of four. */
  partsAt(kernel: string): number {
    const start = this.at(kernel);
    return (this.table[(start / BLOCK) * TABLE_COLUMNS] as number) + start;
  }

  combineShape({ output }: Combine) {
    const { height, width, channels } = this.shape(output);
    const { batchSize, tiles } = this.options;
    return { pixels: batchSize * height * width, channels4: padded(channels) / 4, tiles };
  }

  /** Places each parameter in its buffer, at the start of a block. Returns the buffer's size in numbers. */
  #place(parameters: readonly PlannedParameter[]): number {
    let at = 0;
    for (const { fullName } of parameters) {
      this.places.set(fullName, at);
      at += Math.ceil(this.#paddedNumbers(fullName) / (BLOCK * 4)) * BLOCK * 4;
    }
    return at;
  }

  #paddedNumbers(parameter: string): number {
    return (this.parameterLayouts.get(parameter) as PaddedLayout).size;
  }

  /** Lays out the parts of all filter gradients, and records them in the optimizer's table. Returns their size in numbers. */
  #placeFilterParts(): number {
    const { program, tiles } = this.options;
    let at = 0;
    for (const operation of program.operations) {
      if (!('kernel' in operation)) continue;
      const shape = gradientShape(operation, this);
      const parts = operation.kind === 'depthwiseConv2d' ? depthwiseFilterSplits(shape, tiles) : conv2dFilterSplits(shape, tiles);
      const size = this.#paddedNumbers(operation.kernel) / 4;
      const start = this.at(operation.kernel);
      for (let block = start / BLOCK; block < (start + size) / BLOCK; block++)
        this.table.set([at - start, parts, size], block * TABLE_COLUMNS);
      // Blocks of four by four start at multiples of their own size.
      at += Math.ceil((parts * size) / 4) * 4;
    }
    return at * 4;
  }

  #sumsOf(operation: FusedOperation): number {
    return operation.kind === 'combine' ? sumsRoom(operation, this.combineShape(operation)) : 0;
  }

  /** Every weighted branch writes one share of its weight's gradient per vector of channels. */
  #placeShares(candidates: number): { ranges: [number, number][]; size: number } {
    const ranges = Array.from({ length: candidates }, (): [number, number] => [0, 0]);
    let at = 0;
    for (const operation of this.options.program.operations) {
      if (operation.kind !== 'combine') continue;
      for (const { candidate } of operation.branches)
        if (candidate !== null) ranges[candidate] = [at, (at += this.combineShape(operation).channels4)];
    }
    return { ranges, size: at };
  }
}

/** Masks lie one after the other, with channels filled up. A search has either masks or candidates. */
function placeMasks({ operations, values }: FusedProgram): { places: Map<string, MaskPlace>; size: number } {
  const places = new Map<string, MaskPlace>();
  let at = 0;
  for (const operation of operations) {
    if (operation.kind !== 'combine') continue;
    const { channels } = values[operation.output] as Value;
    for (const { mask } of operation.branches)
      if (mask !== null) {
        places.set(mask, { at, channels });
        at += padded(channels);
      }
  }
  return { places, size: at };
}
