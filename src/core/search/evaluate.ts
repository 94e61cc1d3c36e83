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
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { evaluationBatches, type TrainingBatches } from '../data/batches';
import type { PictureSet } from '../data/dataset';
import { forward, plain } from '../network/forward';
import type { Parameters } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import { read } from './readout';
import type { Architecture } from './architecture';

/** A network with its values: what can be run. */
export interface Model {
  readonly plan: NetworkPlan;
  readonly parameters: Parameters;
  /** While an architecture is searched in it. */
  readonly architecture: Architecture | null;
}

export interface EvaluationData extends PictureSet {
  readonly batchSize: number;
}

/** Mean loss and share of right answers, with the running batch-norm statistics. `pause` is awaited between batches. */
export async function evaluate(
  model: Model,
  data: EvaluationData,
  pause: () => Promise<void>,
): Promise<{ loss: number; accuracy: number }> {
  const { pictures, shape, batchSize } = data;
  let totals: Tensor1D = zeros([2]);
  for (const { x, labels, weights } of evaluationBatches(data, batchSize)) {
    const before = totals;
    totals = tidy(() => {
      const logits = run(model, tensor(x, [batchSize, ...shape]), 'running') as Tensor2D;
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

/**
 * Estimates the running statistics of every batch norm afresh, as the mean over training batches. A network derived from
 * a supernet needs it: its layers see other inputs than they did inside the mixture. Weights stay as they are.
 */
export async function estimateStatistics(model: Model, batches: TrainingBatches, count: number, pause: () => Promise<void>): Promise<void> {
  const totals = new Map<string, { mean: Tensor; variance: Tensor }>();
  for (let index = 0; index < count; index++) {
    const { x } = batches.next();
    tidy(() => {
      run(model, tensor(x, [batches.batchSize, ...batches.sets[0].shape]), 'batch', (path, mean, variance) => {
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

function run(
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
