import { tensor2d } from '@tensorflow/tfjs-core';
import { numbersIn } from '../../ops/shape';
import { toInt8, toReal } from '../../quantize/affine';
import type { Flavour } from '../../quantize/fixedPoint';
import { tensorAt, type QuantizedGraph } from '../../quantize/graph';
import { runQuantized } from '../../quantize/run';
import type { Inference } from './engine';

/** An int8 network in the place of the model it was made from, so that its quality is measured alike. */
export function quantizedInference(graph: QuantizedGraph, flavour: Flavour): Inference {
  const [from, to] = [tensorAt(graph, graph.input), tensorAt(graph, graph.output)];
  const [size, outputs] = [numbersIn(from.shape), numbersIn(to.shape)];
  return {
    outputs(x) {
      const count = x.length / size;
      const all = new Float32Array(count * outputs);
      for (let example = 0; example < count; example++) {
        const input = toInt8(x.subarray(example * size, (example + 1) * size), from);
        all.set(toReal(runQuantized(graph, input, flavour), to), example * outputs);
      }
      return tensor2d(all, [count, outputs]);
    },
    failure: () => null,
    dispose() {},
  };
}
