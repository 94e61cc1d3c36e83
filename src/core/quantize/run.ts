/** Runs a quantised graph, number for number as devices and runtimes do it. */
import type { Flavour } from './fixedPoint';
import { inputsOf, tensorAt, type QuantizedGraph, type QuantizedOperation } from './graph';
import { kernelFor } from './kernels/index';

/**
 * @param input one example as the input tensor's int8 numbers
 * @param onOutput receives every operation's output, in the graph's order
 * @returns the output tensor's numbers
 */
export function runQuantized(
  graph: QuantizedGraph,
  input: Int8Array,
  flavour: Flavour,
  onOutput?: (operation: QuantizedOperation, values: Int8Array) => void,
): Int8Array {
  const values = new Map<number, Int8Array>([[graph.input, input]]);
  for (const operation of graph.operations) {
    const read = inputsOf(operation);
    const output = kernelFor(operation.kind)(
      operation,
      read.map((index) => values.get(index) as Int8Array),
      read.map((index) => tensorAt(graph, index)),
      tensorAt(graph, operation.output),
      flavour,
    );
    values.set(operation.output, output);
    onOutput?.(operation, output);
  }
  return values.get(graph.output) as Int8Array;
}
