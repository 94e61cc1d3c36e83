/** What lowering one operation to WebAssembly needs of the program around it. Addresses are in bytes. */
import type { Call } from '../../kernels/calls';
import type { MemoryPlan } from './memoryPlan';
import type { Value } from './program';

export interface Places {
  readonly memory: MemoryPlan;
  readonly threads: number;
  /** Parts of the batch, by which sums over it are kept. */
  readonly parts: number;
  readonly batchSize: number;
  /** As many zeros as the widest pixel has channels. */
  readonly zeros: number;
  /** A thread's working memory, and how far it is to the next one's. */
  readonly scratch: number;
  readonly scratchStride: number;
  shape(value: number): Value;
  at(value: number): number;
  parameter(name: string): number;
  /** Where the first share of a parameter's gradient goes. */
  gradientOf(parameter: string): number;
  /** Adds a call to the program. */
  call(call: Call, fields?: Int32Array): void;
  /** Adds a call that sums a parameter's gradient over the batch. */
  sum(call: Call, parameter: string, fields: Int32Array): void;
  /** Adds a call that lays a kernel out anew before anything else runs; threads take turns. */
  pack(call: Call, fields: Int32Array): void;
  /** The next packing call's turn. */
  turn(): number;
}

/** Where a share of a value's gradient goes, and whether to add to what is there. */
export interface GradientPlace {
  readonly at: number;
  readonly accumulate: number;
}
