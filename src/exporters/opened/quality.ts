/** How good an opened network is on examples that are here. */
import { normalizationFor, likeliestScaling, type InputScaling } from '../../core/data/inputScaling';
import type { Dataset } from '../../core/data/dataset';
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { numbersIn } from '../../core/ops/shape';
import type { Engine } from '../../core/search/training/engine';
import { evaluateInference, type Score } from '../../core/search/training/evaluate';
import { floatInference } from '../../core/search/training/floatInference';
import { quantizedInference } from '../../core/search/training/quantizedInference';
import type { Task } from '../../core/tasks/task';
import type { OpenedNetwork, OpenedSummary } from './opened';

/** Examples for a network, and what they are judged by. */
export interface OpenedExamples {
  readonly task: Task;
  readonly dataset: Dataset;
  /** How they become the network's input; by default as fits the range of an int8 input best, and normalised for floats. */
  readonly scaling?: InputScaling;
}

export interface OpenedQuality extends Pick<Score, 'quality' | 'parts'> {
  readonly scaling: InputScaling;
}

/** Multiply-accumulates between two pauses: some tenth of a second. */
const MACS_AT_A_TIME = { int8: 1e7, float32: 1e8 } as const;

/** Why a network cannot be measured on examples, as a sentence; null where it can. */
export function misfitOf({ file, input, output }: OpenedSummary, { task, dataset }: OpenedExamples): Told | null {
  const list = (shape: readonly number[]) => `[${shape.join(', ')}]`;
  if (input.shape.join() !== dataset.shape.join())
    return sayLater('{file} reads {reads}, and the {examples} of "{name}" have the shape {shape}.', {
      file,
      reads: list(input.shape),
      examples: sayLater(task.example.many),
      name: dataset.name,
      shape: list(dataset.shape),
    });
  const [given, wanted] = [numbersIn(output.shape), task.asks === 'classes' ? dataset.classNames.length : numbersIn(dataset.shape)];
  if (given === wanted) return null;
  return task.asks === 'classes'
    ? sayLater('{file} gives {given} numbers, and "{name}" has {wanted} classes.', { file, given, wanted, name: dataset.name })
    : sayLater('{file} gives {given} numbers, and a network that gives back its input has {wanted}.', { file, given, wanted });
}

/**
 * Measures it on all test examples. Int8 rounds as devices do; floats are computed on the backend that is running. Classes must be in the order in which the network has them.
 * @param onBatch is awaited between batches, and receives how many examples each had
 * @throws WorkbenchError `invalid-data` when shapes do not agree, and what `evaluateInference` throws
 */
export async function measureOpened(
  opened: OpenedNetwork,
  examples: OpenedExamples,
  { lossOf }: Pick<Engine, 'lossOf'>,
  onBatch: (count: number) => Promise<void>,
): Promise<OpenedQuality> {
  const { summary } = opened;
  const misfit = misfitOf(summary, examples);
  if (misfit !== null) throw new WorkbenchError('invalid-data', misfit, { file: summary.file });
  const { task, dataset } = examples;
  const { shape, train, test, groupNames } = dataset;
  const scaling = examples.scaling ?? (summary.input.range ? likeliestScaling(summary.input.range, train, shape) : 'normalised');
  const macs = summary.layers.reduce((sum, layer) => sum + layer.macs, 1);
  const batchSize = Math.max(1, Math.min(32, Math.floor(MACS_AT_A_TIME[opened.numbers] / macs)));
  const data = {
    examples: test,
    shape,
    normalization: normalizationFor(scaling, train, shape),
    batchSize,
    ...(groupNames && { groupNames }),
  };
  const { quality, parts } = await evaluateInference(
    () => Promise.resolve(opened.numbers === 'int8' ? quantizedInference(opened.graph, 'double') : floatInference(opened.graph)),
    data,
    task,
    lossOf,
    () => onBatch(batchSize),
  );
  return { quality, scaling, ...(parts && { parts }) };
}
