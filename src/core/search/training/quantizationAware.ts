/** Quantisation-aware training: a folded network learns on with the numbers that it will have as int8. */
import {
  dispose,
  mean,
  tensor,
  tensor1d,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../errors';
import { sayLater } from '../../language/told';
import { fakeForward } from '../../quantize/fakeQuantize';
import type { FloatGraph } from '../../quantize/floatGraph';
import { tensorAt } from '../../quantize/graph';
import { quantizeGraph } from '../../quantize/quantize';
import type { Range } from '../../quantize/ranges';
import type { ValueTensors } from '../../quantize/runFloat';
import { isBetter, type Quality } from '../../tasks/task';
import type { TrainingBatches } from '../../data/batches';
import type { Inference, LossOf } from './engine';
import type { Score } from './evaluate';
import { createOptimizer } from './optimizers';

/** Quantising a network that has learnt with floats, or letting it learn on as int8 first. */
export const quantisations = ['after', 'aware'] as const;
export type Quantisation = (typeof quantisations)[number];

export interface AwareTraining {
  readonly epochs: number;
  /** Of Adam; a tenth of what the network was trained with is usual. */
  readonly rate: number;
  readonly loss: string;
  readonly lossOf: LossOf;
  readonly batches: TrainingBatches;
  /** Says which of two scores on examples that nobody learns from is better. */
  readonly quality: Pick<Quality, 'better'>;
  readonly score: (inference: Inference) => Promise<Score>;
  /** Awaited after each step, with how many are done; throws to end the training. */
  readonly pause: (done: number, total: number) => Promise<void>;
}

export interface AwareResult {
  /** With the weights and biases of the best epoch. */
  readonly graph: FloatGraph;
  /** The epoch that was kept, from 1; 0 where none was better than quantising at once. */
  readonly keptEpoch: number;
  /** Qualities before the first epoch and after each. */
  readonly qualities: readonly number[];
}

/**
 * Ranges stay as they are; scales of weights and biases follow the weights at every step, as the exporter makes them.
 * @throws WorkbenchError `loss-not-finite`, and what `quantizeGraph` throws
 */
export async function trainAware(graph: FloatGraph, ranges: readonly Range[], training: AwareTraining): Promise<AwareResult> {
  const { batches, epochs, rate, loss, lossOf, quality, pause } = training;
  const weights = new Map<string, Variable>();
  graph.operations.forEach((operation, at) => {
    if (!('weights' in operation)) return;
    weights.set(
      `${at}/weights`,
      tidy(() => variable(tensor1d(operation.weights))),
    );
    weights.set(
      `${at}/bias`,
      tidy(() => variable(tensor1d(operation.bias))),
    );
  });
  const optimizer = createOptimizer('adam', 0);
  const valuesOf = (at: number): ValueTensors => ({
    weights: weights.get(`${at}/weights`) as Variable,
    bias: weights.get(`${at}/bias`) as Variable,
  });
  const total = epochs * batches.perEpoch;
  const shape = tensorAt(graph, graph.input).shape;
  let now = graph;
  let best = { graph, score: await training.score(awareInference(graph, ranges)), epoch: 0 };
  const qualities = [best.score.quality];
  try {
    for (let step = 1; step <= total; step++) {
      const batch = batches.next();
      const { graph: quantized } = quantizeGraph(now, ranges);
      const x = tensor(batch.x, [batches.batchSize, ...shape]);
      const labels = tensor1d(batch.labels, 'int32');
      const { value, grads } = variableGrads(
        () => mean(lossOf(loss, fakeForward(now, quantized, x, valuesOf) as Tensor2D, { labels, inputs: x })) as Scalar,
        [...weights.values()],
      );
      const gradients = new Map([...weights].map(([name, { name: own }]) => [name, grads[own] as Tensor]));
      optimizer.apply(gradients, weights, rate);
      const found = (await value.data())[0] as number;
      dispose([x, labels, value, ...gradients.values()]);
      if (!Number.isFinite(found))
        throw new WorkbenchError(
          'loss-not-finite',
          sayLater('The loss of quantisation-aware training is not finite at step {step}. Quantise the network after training instead.', {
            step: String(step),
          }),
        );
      now = await withValues(graph, weights);
      await pause(step, total);
      if (step % batches.perEpoch !== 0) continue;
      const score = await training.score(awareInference(now, ranges));
      qualities.push(score.quality);
      const better = isBetter(quality, score.quality, best.score.quality);
      if (better || (score.quality === best.score.quality && score.loss < best.score.loss))
        best = { graph: now, score, epoch: step / batches.perEpoch };
    }
    return { graph: best.graph, keptEpoch: best.epoch, qualities };
  } finally {
    optimizer.dispose();
    dispose([...weights.values()]);
  }
}

async function withValues(graph: FloatGraph, weights: ReadonlyMap<string, Variable>): Promise<FloatGraph> {
  const read = async (name: string) => Float32Array.from(await (weights.get(name) as Variable).data());
  const operations: FloatGraph['operations'][number][] = [];
  for (const [at, operation] of graph.operations.entries())
    operations.push(
      'weights' in operation ? { ...operation, weights: await read(`${at}/weights`), bias: await read(`${at}/bias`) } : operation,
    );
  return { ...graph, operations };
}

/** The int8 network by tfjs, which is faster than the exact one, and equal but for rare ties. */
export function awareInference(graph: FloatGraph, ranges: readonly Range[]): Inference {
  const { graph: quantized } = quantizeGraph(graph, ranges);
  const { shape } = tensorAt(graph, graph.input);
  const size = shape.reduce((product, extent) => product * extent, 1);
  return {
    outputs: (x) =>
      tidy(() => {
        const values = graph.operations.map((operation) =>
          'weights' in operation ? { weights: tensor1d(operation.weights), bias: tensor1d(operation.bias) } : null,
        );
        return fakeForward(graph, quantized, tensor(x, [x.length / size, ...shape]), (at) => values[at] as ValueTensors) as Tensor2D;
      }),
    failure: () => null,
    dispose() {},
  };
}
