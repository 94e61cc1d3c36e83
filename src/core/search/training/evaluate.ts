/** Measures a network's quality on examples that it does not learn from, and estimates the batch-norm statistics for that. */
import {
  add,
  concat,
  dispose,
  div,
  keep,
  mul,
  sum,
  tensor,
  tensor1d,
  tidy,
  zeros,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../errors';
import { sayLater } from '../../language/told';
import { evaluationBatches, type TrainingBatches } from '../../data/batches';
import type { ExampleSet } from '../../data/dataset';
import type { QualityPart, Task } from '../../tasks/task';
import { forward, plain } from '../../network/forward';
import { read } from './readout';
import type { Engine, Inference, InferenceFactory, LossOf, Model } from './engine';

export interface EvaluationData extends ExampleSet {
  readonly batchSize: number;
  readonly groupNames?: readonly string[];
}

/** A network's scores on examples that it does not learn from. */
export interface Score {
  readonly loss: number;
  readonly quality: number;
  /** Measures beside the quality; left out if it has none. */
  readonly parts?: readonly QualityPart[];
}

/** The measures of a network: the training loss's id, and the quality. */
export type Measures = Pick<Task, 'loss' | 'quality'>;

/**
 * Mean loss and quality, with the running batch-norm statistics. `pause` is awaited between batches.
 * @throws WorkbenchError `invalid-data` without examples, `loss-not-finite` when the loss or the quality is not finite
 */
export async function evaluate(
  model: Model,
  data: EvaluationData,
  measures: Measures,
  { createInference, lossOf }: Pick<Engine, 'lossOf'> & { readonly createInference: InferenceFactory },
  pause: () => Promise<void>,
): Promise<Score> {
  return evaluateInference(() => createInference(model, data.batchSize), data, measures, lossOf, pause);
}

/** As `evaluate`, for a network that is no model here. @param create what runs it, which is disposed afterwards */
export async function evaluateInference(
  create: () => Promise<Inference>,
  data: EvaluationData,
  measures: Measures,
  lossOf: LossOf,
  pause: () => Promise<void>,
): Promise<Score> {
  const inference = await create();
  try {
    return await scoreWith(inference, data, measures, lossOf, pause);
  } finally {
    inference.dispose();
  }
}

/** As `evaluateInference`, for an inference that is used again. */
export async function scoreWith(
  inference: Inference,
  data: EvaluationData,
  measures: Measures,
  lossOf: LossOf,
  pause: () => Promise<void>,
): Promise<Score> {
  if (data.examples.count === 0)
    throw new WorkbenchError('invalid-data', sayLater('A network’s quality was to be measured on no examples at all. Use more of them.'));
  try {
    const found = await score(inference, data, measures, lossOf, pause);
    const failure = inference.failure();
    if (failure) throw failure;
    if (!Number.isFinite(found.loss) || !Number.isFinite(found.quality)) throw notFinite(data.examples.count);
    return found;
  } catch (error) {
    throw inference.failure() ?? error;
  }
}

async function score(
  inference: Inference,
  data: EvaluationData,
  { loss, quality }: Measures,
  lossOf: LossOf,
  pause: () => Promise<void>,
): Promise<Score> {
  const { examples, batchSize, shape } = data;
  const { count, labels, groups = null, recordings = null } = examples;
  const kept: { readonly outputs: Tensor[]; readonly losses: Tensor[] } = { outputs: [], losses: [] };
  let total: Tensor = zeros([]);
  let size = 0;
  try {
    for (const batch of evaluationBatches(data, batchSize)) {
      const before = total;
      total = tidy(() => {
        const outputs = inference.outputs(batch.x);
        const targets = {
          labels: tensor1d(batch.labels, 'int32'),
          // The inputs go to the backend only if the loss reads them.
          get inputs() {
            return tensor(batch.x, [batchSize, ...shape]);
          },
        };
        const losses = lossOf(loss, outputs, targets);
        size = outputs.shape[1];
        kept.outputs.push(keep(outputs.clone()));
        kept.losses.push(keep(losses.clone()));
        return add(before, sum(mul(losses, tensor1d(batch.weights))));
      });
      before.dispose();
      await pause();
    }
    const [summed] = await read(total);
    const outputs = (await read(tidy(() => concat(kept.outputs)))).subarray(0, count * size);
    const losses = (await read(tidy(() => concat(kept.losses)))).subarray(0, count);
    const answers = { outputs, size, losses, labels, groups, recordings };
    return {
      loss: (summed as number) / count,
      quality: quality.of(answers),
      ...(quality.parts && { parts: quality.parts(answers, data.groupNames ?? []) }),
    };
  } finally {
    dispose([...kept.outputs, ...kept.losses, total]);
  }
}

function notFinite(count: number): WorkbenchError {
  return new WorkbenchError(
    'loss-not-finite',
    sayLater(
      'The loss or the quality on {count} examples that are not learnt from is infinite or not a number. The cause is not known: try again with milder settings, the learning rates first.',
      { count: String(count) },
    ),
  );
}

/**
 * Re-estimates the running statistics of every batch norm as the mean over training batches. A network derived from a supernet
 * needs this, because its layers see other inputs than they did in the mixture. Weights stay as they are.
 */
export async function estimateStatistics(model: Model, batches: TrainingBatches, count: number, pause: () => Promise<void>): Promise<void> {
  const totals = new Map<string, { mean: Tensor; variance: Tensor }>();
  try {
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
    for (const [path, { mean, variance }] of totals)
      tidy(() => {
        (model.parameters.get(`${path}/movingMean`) as Variable).assign(div(mean, count));
        (model.parameters.get(`${path}/movingVariance`) as Variable).assign(div(variance, count));
      });
  } finally {
    // A host may end the search while it pauses.
    for (const { mean, variance } of totals.values()) dispose([mean, variance]);
  }
}

/** One forward pass by tfjs. @param onStatistics receives the batch's statistics, in `batch` mode */
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
