/** Runs the files of an export where they can run here, and compares their outputs with the reference's, number for number. */
import { numbersIn } from '../core/ops/shape';
import { tensorAt, type QuantizedGraph } from '../core/quantize/graph';
import { runQuantized } from '../core/quantize/run';
import { exampleInput } from '../exporters/int8/golden';
import { CFolder, compiler } from './hostC';
import { runLiteRt } from './litert';
import { onnxDifferences, onnxShape } from './onnxLayers';
import { channelsFirst, channelsLast, runOnnx } from './onnxRuntime';

export interface CheckResult {
  readonly text: string;
  readonly passed: boolean;
}

const INPUTS = 8;

/** Inputs of any int8 numbers, so that also clipped sums are compared. */
const inputsFor = (graph: QuantizedGraph) => {
  const size = numbersIn(tensorAt(graph, graph.input).shape);
  return Array.from({ length: INPUTS }, (_, index) => exampleInput(size, index + 1));
};

/** LiteRT's CPU kernels must give every number of the reference that rounds in float32. */
export async function checkTfliteFile(file: Uint8Array, graph: QuantizedGraph): Promise<CheckResult> {
  const inputs = inputsFor(graph);
  const found = (await runLiteRt(file, inputs)).map(([output]) => output as Int8Array);
  const equal = inputs.every((input, at) => runQuantized(graph, input, 'float32').join() === found[at]?.join());
  return { text: compared('model.tflite on LiteRT', graph, inputs, found), passed: equal };
}

/** ONNX Runtime pools, adds and takes exponentials in floats, so ties may end one step off, and layers behind carry them on. */
export async function checkOnnxFile(file: Uint8Array, graph: QuantizedGraph): Promise<CheckResult> {
  const inputs = inputsFor(graph);
  const [from, to] = [tensorAt(graph, graph.input), tensorAt(graph, graph.output)];
  const pictures = inputs.map((input) => channelsFirst(input, from));
  const found = (await runOnnx(file, pictures, onnxShape(graph))).map(([output]) => channelsLast(output as Int8Array, to));
  const ends = compared('model.onnx on ONNX Runtime', graph, inputs, found);
  const { values, differ, most } = await onnxDifferences(graph, inputs.slice(0, 2));
  return { text: `${ends}; layer by layer ${differ} of ${values} numbers differ, by ${most} at most`, passed: most <= 1 };
}

/** The example program must print PASS, under sanitizers. */
export function checkCFiles(graph: QuantizedGraph): CheckResult {
  if (compiler === null) return { text: 'C: not checked, since there is no C compiler with sanitizers here', passed: true };
  const folder = new CFolder();
  try {
    const printed = folder.run(graph).trim();
    return { text: `C with ${compiler}: ${printed}`, passed: printed === 'PASS' };
  } finally {
    folder.remove();
  }
}

/** How many outputs are those of the reference that rounds in float32. */
function compared(what: string, graph: QuantizedGraph, inputs: readonly Int8Array[], found: readonly Int8Array[]): string {
  const differences = inputs.flatMap((input, at) =>
    Array.from(runQuantized(graph, input, 'float32'), (value, index) => Math.abs(value - (found[at]?.[index] ?? NaN))),
  );
  const equal = differences.filter((difference) => difference === 0).length;
  return `${what}: ${equal} of ${differences.length} outputs equal, largest difference ${Math.max(...differences)}`;
}
