/**
 * Any search's part of the fused step on WebAssembly, by tfjs's autograd. Autograd sees the network as one operation that turns
 * factors (weights of candidates, masks of channels) into a loss, and that has a gradient for them.
 */
import { add, concat, customGrad, dispose, keep, mul, reshape, tidy, variableGrads, zeros } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { keepWithinBound, type Architecture, type ArchitecturePass } from '../../../core/search/training/architecture';
import { createOptimizer, type OptimizerState } from '../../../core/search/training/optimizers';
import type { StepControls, StepOptions } from '../../../core/search/training/trainingStep';
import { penaltyOf } from '../../../kernels/penalty/reference';

/** The network of a step, as autograd sees it. */
interface NetworkOperation {
  /** All factors as one tensor, differentiable in the architecture parameters. */
  factors(pass: ArchitecturePass): Tensor1D;
  /** Runs the network under these factors, forward and backward, and returns its loss. */
  run(factors: Tensor1D): Scalar;
  /** The gradient of the factors from the last run. */
  gradient(): Tensor1D;
}

interface AutogradArchitecture {
  /**
   * @param observe sees the gradients of the architecture parameters before they move
   * @returns what a step packs behind loss and quality; the caller disposes them
   */
  run(controls: StepControls, network: NetworkOperation, observe: (gradients: ReadonlyMap<string, Tensor>) => void): Tensor1D;
  /** The state of the optimizer of the architecture parameters. */
  state(): Promise<OptimizerState>;
  restore(state: OptimizerState): void;
  dispose(): void;
}

export function autogradArchitecture(architecture: Architecture, { archOptimizer }: StepOptions): AutogradArchitecture {
  const moves = createOptimizer(archOptimizer, 0);
  const { alphas } = architecture;

  const lossOf = (controls: StepControls, network: NetworkOperation, report: (metrics: Tensor1D) => void): Scalar => {
    const pass = architecture.pass('training');
    const taskLoss = customGrad((factors) => ({
      value: network.run(factors as Tensor1D),
      gradFunc: (dy: Tensor) => mul(network.gradient(), dy),
    }))(network.factors(pass)) as Scalar;
    const costs = pass.costs();
    const penalty = penaltyOf(costs, controls.penalties);
    report(concat([reshape(penalty, [1]) as Tensor1D, costs, ...pass.readings()]));
    const own = pass.regularization();
    const loss: Scalar = add(taskLoss, penalty);
    return own ? add(loss, own) : loss;
  };

  return {
    run(controls, network, observe) {
      let report: Tensor1D | undefined;
      const loss = () => lossOf(controls, network, (metrics) => (report = keep(metrics)));
      if (controls.archRate > 0) {
        const { value, grads } = variableGrads(loss, [...alphas.values()]);
        const gradients = new Map([...alphas].map(([id, alpha]) => [id, grads[alpha.name] as Tensor]));
        observe(gradients);
        report = withGradient(report as unknown as Tensor1D, () => architecture.gradientAt(gradients));
        moves.apply(gradients, alphas, controls.archRate);
        keepWithinBound(architecture);
        dispose([value, ...gradients.values()]);
      } else {
        tidy(() => void loss());
        report = withGradient(report as unknown as Tensor1D, () => zeros([architecture.pulled.length]));
        observe(new Map());
      }
      return report as unknown as Tensor1D;
    },
    state: () => moves.state(),
    restore: (state) => moves.restore(state, alphas),
    dispose: () => moves.dispose(),
  };
}

/** The metrics with the gradient behind them. Disposes the metrics. */
function withGradient(metrics: Tensor1D, gradient: () => Tensor1D): Tensor1D {
  const packed = tidy(() => concat([metrics, gradient()]));
  metrics.dispose();
  return packed;
}
