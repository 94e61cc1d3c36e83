/** The addresses of one program's values, in bytes from the start of the kernels' memory, and its growing list of calls. */
import { GradientField, type Call } from '../../../kernels/calls';
import { valueSize, type Value } from '../program';
import type { MemoryPlan } from './memoryPlan';
import type { LayoutOptions, Places } from './places';

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

export class Layout {
  /** Masks by the path of the masked operation, filled as operations lay them out. */
  readonly masks = new Map<string, MaskPlace>();
  readonly #calls: number[] = [];
  readonly #packing: number[] = [];
  readonly #values: readonly number[];

  /**
   * @param memory has room for the program's values and calls; a program writes whatever it reads there
   * @param running whether batch norms use their running statistics, which then stay unchanged
   */
  constructor(
    private readonly own: Pick<LayoutOptions, 'program' | 'unfilled'>,
    readonly places: Places,
    readonly memory: MemoryPlan,
    readonly running: boolean,
  ) {
    const { input, values } = own.program;
    this.#values = values.map((value, at) => (at === input ? places.input : memory.words(valueSize(value) * this.batchSize)));
  }

  get batchSize(): number {
    return this.places.options.batchSize;
  }

  shape(value: number): Value {
    return this.own.program.values[value] as Value;
  }

  /** The value without the channels that fill it up. */
  unfilled(value: number): Value {
    return this.own.unfilled[value] as Value;
  }

  at(value: number): number {
    return this.#values[value] as number;
  }

  parameter(name: string): number {
    return this.places.parameters.get(name) as number;
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
    const { places, memory } = this;
    const gradient = { fields: memory.holding(fields), result: places.gradientOf(parameter), count: places.sizeOf(parameter) };
    this.call(call, memory.fields(GradientField, gradient));
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
}
