/** The card of an int8 network: what a program must know to feed it and to read its outputs. docs/export.md describes it for people. */
import type { ExampleSet } from '../../core/data/dataset';
import { planArena } from '../../core/quantize/arena';
import { tensorAt, type QuantizedGraph } from '../../core/quantize/graph';
import type { RunFile } from '../../core/runs/runFile';
import { taskFor } from '../../core/tasks/index';
import type { Rewritten } from '../tflite/padding';
import type { Int8Network } from './int8Network';

/** Bytes of weights, biases and scales. */
export function constantBytes({ operations }: QuantizedGraph): number {
  return operations.reduce(
    (total, operation) =>
      total + ('weights' in operation ? operation.weights.length + 4 * (operation.bias.length + operation.weightScales.length) : 0),
    0,
  );
}

/** @param tflite how its paddings were written */
export function cardOf(
  { graph, warnings, ranges, awareEpoch }: Int8Network,
  run: RunFile,
  { normalization, examples }: Pick<ExampleSet, 'normalization' | 'examples'>,
  tflite: { readonly graph: QuantizedGraph; readonly rewritten: readonly Rewritten[] },
): object {
  const [input, output] = [tensorAt(graph, graph.input), tensorAt(graph, graph.output)];
  const { config, result } = run;
  const bytes = examples.values instanceof Uint8Array;
  const value = bytes ? 'value / 255' : 'value';
  const operations: Record<string, number> = {};
  for (const { kind } of graph.operations) operations[kind] = (operations[kind] ?? 0) + 1;
  return {
    format: 'NAS Workbench int8 card',
    version: 1,
    task: config.task,
    data: { name: config.data.name, synthetic: config.data.synthetic },
    input: {
      shape: input.shape,
      layout: 'channels last; the ONNX file has channels first',
      type: 'int8',
      scale: input.scale,
      zeroPoint: input.zeroPoint,
      values: bytes ? 'bytes from 0 to 255' : 'floats',
      // One number stands for every channel where all are equal.
      mean: unlessEqual(normalization.mean),
      deviation: unlessEqual(normalization.deviation),
      quantize: `q = clamp(round((${value} - mean[channel]) / deviation[channel] / scale) + zeroPoint, -128, 127)`,
    },
    output: {
      shape: output.shape,
      type: 'int8',
      scale: output.scale,
      zeroPoint: output.zeroPoint,
      real: 'scale * (q - zeroPoint)',
      ...(taskFor(config.task).asks === 'classes'
        ? { classes: config.data.classNames, read: 'the class with the largest output' }
        : { read: 'the input given back, normalised as the input is' }),
    },
    memory: {
      activationBytes: planArena(graph).bytes,
      constantBytes: constantBytes(graph),
    },
    tflite: {
      activationBytes: planArena(tflite.graph).bytes,
      constantBytes: constantBytes(tflite.graph),
      paddings: tflite.rewritten,
    },
    operations,
    ranges,
    quantisation: awareEpoch === null ? 'after training' : { aware: 'trained on as int8', keptEpoch: awareEpoch },
    floatQuality: result && { id: result.quality.id, value: result.quality.final },
    warnings,
  };
}

const unlessEqual = (values: readonly number[]) => (new Set(values).size === 1 ? values.slice(0, 1) : values);
