/** Quality of a network on pictures it does not learn from, and the batch-norm statistics it needs for that. */
import {
  add,
  argMax,
  cast,
  div,
  dispose,
  equal,
  keep,
  logSoftmax,
  mul,
  neg,
  oneHot,
  stack,
  sum,
  tensor,
  tensor1d,
  tidy,
  zeros,
  type Tensor,
  type Tensor1D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../errors';
import { evaluationBatches, type TrainingBatches } from '../../data/batches';
import type { PictureSet } from '../../data/dataset';
import { forward, plain } from '../../network/forward';
import { read } from './readout';
import type { Inference, InferenceFactory, Model } from './engine';

export interface EvaluationData extends PictureSet {
  readonly batchSize: number;
}

/**
 * Mean loss and share of right answers, with the running batch-norm statistics. `pause` is awaited between batches.
 * @throws WorkbenchError `invalid-data` without pictures, `loss-not-finite` when the loss is no finite number
 */
export async function evaluate(
  model: Model,
  data: EvaluationData,
  createInference: InferenceFactory,
  pause: () => Promise<void>,
): Promise<{ loss: number; accuracy: number }> {
  if (data.pictures.count === 0)
    throw new WorkbenchError('invalid-data', 'A network’s quality was to be measured on no pictures at all. Use more pictures.');
  const inference = await createInference(model, data.batchSize);
  try {
    const found = await score(inference, data, pause);
    const failure = inference.failure();
    if (failure) throw failure;
    if (!Number.isFinite(found.loss)) throw notFinite(data.pictures.count);
    return found;
  } catch (error) {
    throw inference.failure() ?? error;
  } finally {
    inference.dispose();
  }
}

async function score(inference: Inference, data: EvaluationData, pause: () => Promise<void>): Promise<{ loss: number; accuracy: number }> {
  const { pictures, batchSize } = data;
  let totals: Tensor1D = zeros([2]);
  for (const { x, labels, weights } of evaluationBatches(data, batchSize)) {
    const before = totals;
    totals = tidy(() => {
      const logits = inference.logits(x);
      const classes = tensor1d(labels, 'int32');
      const weight = tensor1d(weights);
      const right = sum(mul(cast(equal(argMax(logits, 1), classes), 'float32'), weight));
      const likelihood = sum(mul(logSoftmax(logits), oneHot(classes, logits.shape[1])), 1);
      return add(before, stack([neg(sum(mul(likelihood, weight))), right])) as Tensor1D;
    });
    before.dispose();
    await pause();
  }
  const [loss, right] = (await read(totals)) as unknown as [number, number];
  return { loss: loss / pictures.count, accuracy: right / pictures.count };
}

function notFinite(count: number): WorkbenchError {
  return new WorkbenchError(
    'loss-not-finite',
    `The loss on ${count} pictures that are not learnt from is infinite or not a number. The cause is not known: try again with milder settings, the learning rates first.`,
  );
}

/**
 * Estimates the running statistics of every batch norm afresh, as the mean over training batches. A network derived from
 * a supernet needs it: its layers see other inputs than they did inside the mixture. Weights stay as they are.
 */
export async function estimateStatistics(model: Model, batches: TrainingBatches, count: number, pause: () => Promise<void>): Promise<void> {
  const totals = new Map<string, { mean: Tensor; variance: Tensor }>();
  for (let index = 0; index < count; index++) {
    const { x } = batches.next();
    tidy(() => {
      runModel(model, tensor(x, [batches.batchSize, ...batches.sets[0].shape]), 'batch', (path, mean, variance) => {
        const before = totals.get(path);
        totals.set(path, {
          mean: keep(before ? add(before.mean, mean) : mean.clone()),
          variance: keep(before ? add(before.variance, variance) : variance.clone()),
        });
        if (before) dispose([before.mean, before.variance]);
      });
    });
    await pause();
  }
  for (const [path, { mean, variance }] of totals) {
    tidy(() => {
      (model.parameters.get(`${path}/movingMean`) as Variable).assign(div(mean, count));
      (model.parameters.get(`${path}/movingVariance`) as Variable).assign(div(variance, count));
    });
    dispose([mean, variance]);
  }
}

/** One forward pass by tfjs. @param onStatistics receives the batch's, in `batch` mode */
export function runModel(
  { plan, parameters, architecture }: Model,
  x: Tensor,
  batchNorm: 'batch' | 'running',
  onStatistics?: (path: string, mean: Tensor, variance: Tensor) => void,
): Tensor {
  const pass = architecture?.pass('evaluation');
  return forward(plan, x, {
    batchNorm,
    training: false,
    parameter: (name) => parameters.get(name) as Variable,
    ...(pass?.forward ?? plain),
    ...(onStatistics && { onStatistics }),
  });
}
