/**
 * The reference training step: tfjs operations and autograd, for every backend and every network. It is slow and obvious, and tests
 * compare faster steps with it. It runs in the thread of the search: in a worker, or in Node.
 */
import { sayLater } from '../core/language/told';
import {
  add,
  concat,
  dispose,
  keep,
  mean,
  mul,
  stack,
  tensor,
  tensor1d,
  tidy,
  variableGrads,
  zeros,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { forward, plain } from '../core/network/forward';
import type { BatchNorm } from '../core/ops/batchNorm';
import { dropoutSeed } from '../core/ops/dropout';
import { operationsOf } from '../core/network/plan';
import { keepWithinBound, type Architecture } from '../core/search/training/architecture';
import { createOptimizer, type OptimizerState } from '../core/search/training/optimizers';
import { lossFor } from '../kernels/losses/index';
import { penaltyOf } from '../kernels/penalty/reference';
import { metricNames, type StepControls, type StepFactory, type StepOptions } from '../core/search/training/trainingStep';
import type { Batch } from '../core/data/batches';

export const createReferenceStep: StepFactory = async (options) => {
  const { plan, parameters, architecture, batchSize } = options;
  const loss = lossFor(options.loss);
  const weights = new Map([...parameters].filter(([, value]) => value.trainable));
  const alphas = architecture?.alphas ?? new Map<string, Variable>();
  const weightOptimizer = createOptimizer(options.optimizer, options.weightDecay);
  const archOptimizer = createOptimizer(options.archOptimizer, 0);
  const momentum = momenta(options);

  /** Updates running statistics: they keep the share `momentum` of their old value. */
  const blend = (name: string, fresh: Tensor, share: number) => {
    const running = parameters.get(name) as Variable;
    running.assign(add(mul(running, share), mul(fresh, 1 - share)));
  };

  /** The whole loss, and the packed metrics, which outlive the gradient's tidy. */
  const wholeLoss = (x: Tensor, labels: Tensor1D, controls: StepControls, keepMetrics: (metrics: Tensor1D) => void): Scalar => {
    const pass = architecture?.pass('training');
    let seed: number | undefined;
    let dropouts = 0;
    const outputs = forward(pass?.path ?? plan, x, {
      batchNorm: 'batch',
      training: true,
      parameter: (name) => parameters.get(name) as Variable,
      ...(pass?.forward ?? plain),
      onStatistics(path, batchMean, batchVariance) {
        const share = momentum.get(path) as number;
        blend(`${path}/movingMean`, batchMean, share);
        blend(`${path}/movingVariance`, batchVariance, share);
      },
      randomSeed: () => dropoutSeed((seed ??= options.randomSeed()), dropouts++),
    }) as Tensor2D;
    const { losses, counted } = loss.reference(outputs, { labels, inputs: x });
    const [taskLoss, quality] = [mean(losses) as Scalar, mean(counted)];
    if (!pass) {
      keepMetrics(stack([taskLoss, quality]) as Tensor1D);
      return taskLoss;
    }
    const costs = pass.costs();
    const penalty = penaltyOf(costs, controls.penalties);
    keepMetrics(concat([stack([taskLoss, quality, penalty]), costs, ...pass.readings()]) as Tensor1D);
    const own = pass.regularization();
    return own ? add(add(taskLoss, penalty), own) : add(taskLoss, penalty);
  };

  return {
    implementation: sayLater('reference'),
    metricNames: metricNames(loss.counts, architecture),
    run(batch: Batch, controls: StepControls, observe) {
      const x = tensor(batch.x, [batchSize, ...plan.network.input]);
      const labels = tensor1d(batch.labels, 'int32');
      let metrics: Tensor1D | undefined;
      const trained = [...(controls.weightRate > 0 ? weights.values() : []), ...(controls.archRate > 0 ? alphas.values() : [])];
      const { value, grads } = variableGrads(() => wholeLoss(x, labels, controls, (packed) => (metrics = keep(packed))), trained);
      const gradients = new Map<string, Tensor>();
      for (const [name, variable] of [...weights, ...alphas]) {
        const gradient = grads[variable.name];
        if (gradient) gradients.set(name, gradient);
      }
      observe?.(gradients);
      const report = architecture ? withGradient(metrics as Tensor1D, architecture, controls, gradients) : (metrics as Tensor1D);
      if (controls.weightRate > 0) weightOptimizer.apply(gradients, weights, controls.weightRate);
      if (architecture && controls.archRate > 0) {
        archOptimizer.apply(gradients, alphas, controls.archRate);
        keepWithinBound(architecture);
      }
      dispose([x, labels, value, ...gradients.values()]);
      return { metrics: report };
    },
    // The optimizer moves the variables themselves.
    settle() {},
    memory: {
      read: async () => [await weightOptimizer.state(), await archOptimizer.state()],
      restore(states) {
        [[weightOptimizer, weights] as const, [archOptimizer, alphas] as const].forEach(([optimizer, variables], index) => {
          optimizer.restore(states[index] as OptimizerState, variables);
        });
      },
    },
    failure: () => null,
    dispose() {
      weightOptimizer.dispose();
      archOptimizer.dispose();
    },
  };
};

/** Packs the gradient behind the metrics, which it disposes. */
function withGradient(
  metrics: Tensor1D,
  architecture: Architecture,
  { archRate }: StepControls,
  gradients: ReadonlyMap<string, Tensor>,
): Tensor1D {
  const packed = tidy(() => concat([metrics, archRate > 0 ? architecture.gradientAt(gradients) : zeros([architecture.pulled.length])]));
  metrics.dispose();
  return packed as Tensor1D;
}

/** Momentum of each batch norm, by the prefix of its parameters' names. */
function momenta({ plan }: StepOptions): Map<string, number> {
  const operations = plan.layers.flatMap(operationsOf);
  return new Map(
    operations
      .filter(({ attributes }) => attributes.op === 'batchNorm')
      .map(({ path, attributes }) => [path, (attributes as BatchNorm).momentum]),
  );
}
