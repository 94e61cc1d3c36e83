/** Inputs and the outputs that they must give, for people to check a program or a device by. */
import { numbersIn } from '../../core/ops/shape';
import type { Flavour } from '../../core/quantize/fixedPoint';
import { tensorAt, type QuantizedGraph } from '../../core/quantize/graph';
import { runQuantized } from '../../core/quantize/run';

export const GOLDEN = 'golden.bin';
export const GOLDEN_CASES = 4;
/** Each input is followed by its outputs in these roundings. */
const GOLDEN_ROUNDINGS = ['double', 'float32'] as const satisfies readonly Flavour[];

/** Numbers that C makes in the same way: the highest byte of a linear congruential generator of 32 bits. */
export function exampleInput(size: number, seed: number): Int8Array {
  let state = seed >>> 0;
  return Int8Array.from({ length: size }, () => {
    // Numerical Recipes in C, section 7.1.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 24) - 128;
  });
}

/** Several exports of one network compute its outputs once. */
const made = new WeakMap<QuantizedGraph, readonly Uint8Array[]>();

/** Int8 numbers, channels last: for each case its input, and its outputs in each of `GOLDEN_ROUNDINGS`. */
export function goldenPieces(graph: QuantizedGraph): readonly Uint8Array[] {
  let pieces = made.get(graph);
  if (!pieces) {
    const size = numbersIn(tensorAt(graph, graph.input).shape);
    pieces = Array.from({ length: GOLDEN_CASES }, (_, at) => exampleInput(size, at + 1)).flatMap((input) =>
      [input, ...GOLDEN_ROUNDINGS.map((flavour) => runQuantized(graph, input, flavour))].map(
        ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
      ),
    );
    made.set(graph, pieces);
  }
  return pieces;
}
