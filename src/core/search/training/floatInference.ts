import { dispose, reshape, tensor, tidy, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { numbersIn } from '../../ops/shape';
import type { FloatGraph } from '../../quantize/floatGraph';
import { inputsOf, tensorAt } from '../../quantize/graph';
import { computeOperation, tensorsOf, type ValueTensors } from '../../quantize/runFloat';
import type { Inference } from './engine';

/** A graph of floats in the place of a model, so that its quality is measured alike. It runs on the backend that is running. */
export function floatInference(graph: FloatGraph): Inference {
  const { shape } = tensorAt(graph, graph.input);
  const size = numbersIn(shape);
  const held = new Map<unknown, ValueTensors>();
  for (const operation of graph.operations) if ('weights' in operation) held.set(operation, tensorsOf(operation));
  return {
    outputs: (x) =>
      tidy(() => {
        const count = x.length / size;
        const values = new Map<number, Tensor>([[graph.input, tensor(x, [count, ...shape])]]);
        for (const operation of graph.operations) {
          const inputs = inputsOf(operation).map((index) => values.get(index) as Tensor);
          values.set(operation.output, computeOperation(graph, operation, inputs, held.get(operation)));
        }
        return reshape(values.get(graph.output) as Tensor, [count, -1]) as Tensor2D;
      }),
    failure: () => null,
    dispose: () => dispose([...held.values()].flatMap(({ weights, bias }) => [weights, bias])),
  };
}
