/** The card of an int8 network: what a program must know to feed it and to read its outputs. docs/export.md describes it for people. */
import { inEnglish } from '../../core/language/say';
import { said } from '../../core/language/told';
import { scaleOf } from '../../core/data/dataset';
import { featureSettings } from '../../core/data/features/settings';
import { toInt8 } from '../../core/quantize/affine';
import { planArena } from '../../core/quantize/arena';
import { tensorAt, type QuantizedGraph, type QuantizedTensor } from '../../core/quantize/graph';
import type { RunFile } from '../../core/runs/runFile';
import { searchCommand } from '../../core/runs/searchCommand';
import { strategyFor } from '../../core/strategies/index';
import { taskFor, type Task } from '../../core/tasks/index';
import type { ExportedRun } from '../exporter';
import { arenaBytes, memoryPlan } from '../tflite/memoryPlan';
import type { Lowered } from '../tflite/padding';
import { GOLDEN, GOLDEN_CASES } from './golden';
import type { Int8Network } from './int8Network';

/** Bytes of weights, biases and scales. */
export function constantBytes({ operations }: QuantizedGraph): number {
  return operations.reduce(
    (total, operation) =>
      total + ('weights' in operation ? operation.weights.length + 4 * (operation.bias.length + operation.weightScales.length) : 0),
    0,
  );
}

interface CardParts {
  readonly network: Int8Network;
  readonly file: RunFile;
  readonly run: Pick<ExportedRun, 'trainingSet' | 'reading'>;
  /** What model.tflite was written from. */
  readonly tflite: Lowered & { readonly fileBytes: number };
  /** On the test examples; null where it was not measured. */
  readonly int8Quality: number | null;
}

export function cardOf({ network: { graph, warnings, ranges, awareEpoch }, file, run, tflite, int8Quality }: CardParts): object {
  const output = tensorAt(graph, graph.output);
  const { config, result } = file;
  const task = taskFor(config.task);
  return {
    format: 'NAS Workbench int8 card',
    version: 2,
    task: config.task,
    data: { name: config.data.name, synthetic: config.data.synthetic },
    input: inputOf(tensorAt(graph, graph.input), task, run),
    output: {
      shape: output.shape,
      type: 'int8',
      scale: output.scale,
      zeroPoint: output.zeroPoint,
      real: 'scale * (q - zeroPoint)',
      ...(task.asks === 'classes'
        ? { classes: config.data.classNames, read: 'the class with the largest output' }
        : { read: 'the input given back, normalised as the input is' }),
    },
    quality: result && { id: result.quality.id, testExamples: config.data.testCount, float: result.quality.final, int8: int8Quality },
    memory: {
      activationBytes: planArena(graph).bytes,
      constantBytes: constantBytes(graph),
    },
    tflite: {
      fileBytes: tflite.fileBytes,
      activationBytes: memoryPlan(tflite.graph).bytes,
      arenaBytes: arenaBytes(tflite.graph),
      memoryPlan: memoryPlan(tflite.graph).offsets ? 'in the file' : 'made by TensorFlow Lite Micro',
      constantBytes: constantBytes(tflite.graph),
      paddings: tflite.rewritten,
      // With those that stand for paddings.
      operations: countsOf(tflite.graph),
    },
    operations: countsOf(graph),
    ranges,
    quantisation: awareEpoch === null ? 'after training' : { aware: 'trained on as int8', keptEpoch: awareEpoch },
    golden: {
      file: GOLDEN,
      cases: GOLDEN_CASES,
      each: [
        'input',
        'output as TensorFlow Lite Micro, CMSIS-NN and the C files round (double)',
        'output as LiteRT on a CPU and ONNX Runtime round (float32)',
      ],
      layout: 'int8 numbers, channels last',
    },
    search: searchOf(file, run),
    warnings: inEnglish(() => warnings.map(said)),
  };
}

/** How many operations of each kind there are. */
function countsOf({ operations }: QuantizedGraph): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of operations) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function inputOf({ shape, scale, zeroPoint }: QuantizedTensor, { example }: Task, { trainingSet, reading }: CardParts['run']) {
  const { normalization, examples } = trainingSet;
  const bytes = examples.values instanceof Uint8Array;
  // One number stands for every channel where all are equal.
  const channels = new Set(normalization.mean.map((mean, channel) => `${mean} ${normalization.deviation[channel]}`)).size;
  const shown = (values: readonly number[]) => (channels === 1 ? values.slice(0, 1) : values);
  const [mean, deviation] = [shown(normalization.mean), shown(normalization.deviation)];
  const numbers = mean.map((of, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / scaleOf(examples) - of) / (deviation[channel] as number)),
  );
  return {
    shape,
    layout: 'channels last; the ONNX file has channels first',
    ...(example.kind === 'picture' && { channels: shape.at(-1) === 3 ? ['red', 'green', 'blue'] : ['grey'] }),
    type: 'int8',
    scale,
    zeroPoint,
    values: bytes ? 'bytes from 0 to 255' : 'floats',
    mean,
    deviation,
    quantize: `q = clamp(round((${bytes ? 'value / 255' : 'value'} - mean[channel]) / deviation[channel] / scale) + zeroPoint, -128, 127)`,
    // What the formula gives, for programs that look it up.
    ...(bytes && { int8OfByte: numbers.map((real) => [...toInt8(real, { scale, zeroPoint })]) }),
    ...(example.kind !== 'picture' && { features: featureSettings[example.kind === 'sound' ? (reading?.feature ?? 'mfcc') : 'logMel'] }),
  };
}

/** What the network was searched for, and how to search again. */
function searchOf({ config, environment, dataFingerprint, result }: RunFile, { reading }: CardParts['run']) {
  const { device, data, method, randomSeed } = config;
  const backend = typeof environment.backend === 'string' ? environment.backend : null;
  return {
    method,
    randomSeed,
    device: typeof device === 'string' ? device : device.name,
    targets: result?.constraints ?? config.targets,
    ...(result && result.objectives.length > 0 && { objectives: result.objectives }),
    trainingExamples: data.trainCount,
    testExamples: data.testCount,
    examplesFingerprint: dataFingerprint,
    command: searchCommand({ config, data, backend }, strategyFor(method), reading),
  };
}
