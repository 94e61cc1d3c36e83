import { inputsOf, pictureOf, tensorAt, type QuantizedGraph } from '../core/quantize/graph';
import { kernelFor } from '../core/quantize/kernels/index';
import { writeOnnx } from '../exporters/onnx/write';
import { channelsFirst, channelsLast, runOnnx } from './onnxRuntime';

/** How far a runtime is from the reference. */
export interface Differences {
  readonly values: number;
  readonly differ: number;
  readonly most: number;
}

/** The shape of a file's input. */
export function onnxShape(graph: QuantizedGraph): number[] {
  const { shape } = tensorAt(graph, graph.input);
  const [height, width, channels] = pictureOf({ shape });
  return shape.length === 3 ? [1, channels, height, width] : [1, channels];
}

/**
 * ONNX Runtime adds, pools and takes exponentials in floats, so a tie may end one step off, and later layers carry that on. So each layer
 * is compared with what the reference makes of the numbers that the runtime's layer read.
 */
export async function onnxDifferences(graph: QuantizedGraph, inputs: readonly Int8Array[]): Promise<Differences> {
  const from = tensorAt(graph, graph.input);
  const file = writeOnnx(graph, { description: 'every layer', everyOutput: true });
  const pictures = inputs.map((input) => channelsFirst(input, from));
  const runs = await runOnnx(file, pictures, onnxShape(graph));
  let [count, differ, most] = [0, 0, 0];
  inputs.forEach((input, at) => {
    const values = new Map([[graph.input, input]]);
    graph.operations.forEach((operation, index) => {
      const to = tensorAt(graph, operation.output);
      const read = inputsOf(operation);
      const numbers = read.map((one) => values.get(one) as Int8Array);
      const tensors = read.map((one) => tensorAt(graph, one));
      const expected = kernelFor(operation.kind)(operation, numbers, tensors, to, 'float32');
      const made = channelsLast(runs[at]?.[index] as Int8Array, to);
      values.set(operation.output, made);
      made.forEach((value, place) => {
        const difference = Math.abs(value - (expected[place] as number));
        count++;
        if (difference > 0) differ++;
        most = Math.max(most, difference);
      });
    });
  });
  return { values: count, differ, most };
}
