import type { Flavour } from '../fixedPoint';
import type { QuantizedTensor } from '../graph';

/** Computes one operation's output from the numbers that it reads. `from` and `to` say how numbers are read. */
export type Kernel<Operation> = (
  operation: Operation,
  inputs: readonly Int8Array[],
  from: readonly QuantizedTensor[],
  to: QuantizedTensor,
  flavour: Flavour,
) => Int8Array;
