/**
 * Any search's part of a fused step, by tfjs's autograd: to it the network is one operation that turns factors (weights of
 * candidates, masks of channels) into a loss, and has gradients for them.
 */
import { concat, customGrad, dispose, keep, mul, reshape, scalar, tensor1d, tidy, variableGrads, add } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { ArchitecturePass } from '../../core/search/architecture';
import { createOptimizer } from '../../core/search/optimizers';
import type { StepControls, StepOptions } from '../../core/search/trainingStep';
import { penaltyOf } from '../referenceStep';
import type { ArchitecturePart } from './architecturePart';

/** Numbers that outputs of the network are multiplied by. */
export interface Factor {
  of(pass: ArchitecturePass): Tensor1D;
  set(values: Float32Array): void;
  /** The gradient that the network's last run left. */
  gradient(): Float32Array;
}

/* eslint-disable no-restricted-syntax -- for backends whose tensors lie in memory, where reading waits for nothing */

export function autogradArchitecture(
  { architecture, excess, optimizer }: StepOptions & { readonly architecture: NonNullable<StepOptions['architecture']> },
  factors: readonly Factor[],
): ArchitecturePart {
  const moves = createOptimizer(optimizer, 0);
  const { alphas } = architecture;

  /** The network as an operation. */
  const taskLoss = (inputs: readonly Tensor[], task: () => number): Scalar =>
    customGrad((...values) => {
      factors.forEach((factor, index) => factor.set((values[index] as Tensor).dataSync() as Float32Array));
      return {
        value: scalar(task()),
        gradFunc: (dy: Tensor) => factors.map((factor) => mul(tensor1d(factor.gradient()), dy)),
      };
    })(...inputs) as Scalar;

  const lossOf = (controls: StepControls, task: () => number, report: (metrics: Tensor) => void): Scalar => {
    const pass = architecture.pass('training');
    const loss = taskLoss(
      factors.map((factor) => factor.of(pass)),
      task,
    );
    const costs = pass.costs();
    const penalty = penaltyOf(costs, controls, excess);
    report(concat([reshape(penalty, [1]), costs, ...pass.readings()]));
    const own = pass.regularization();
    const all = add(loss, penalty) as Scalar;
    return own ? add(all, own) : all;
  };

  return {
    run(controls, task, observe) {
      let report: Tensor | undefined;
      const loss = () => lossOf(controls, task, (metrics) => (report = keep(metrics)));
      if (controls.archRate > 0) {
        const { value, grads } = variableGrads(loss, [...alphas.values()]);
        const gradients = new Map([...alphas].map(([id, alpha]) => [id, grads[alpha.name] as Tensor]));
        observe(gradients);
        moves.apply(gradients, alphas, controls.archRate);
        dispose([value, ...gradients.values()]);
      } else {
        tidy(loss);
        observe(new Map());
      }
      const metrics = report as unknown as Tensor;
      const values = [...metrics.dataSync()];
      metrics.dispose();
      return values;
    },
    dispose: () => moves.dispose(),
  };
}
