/**
 * A plain SuperNet's part of the fused step on WebAssembly: the kernels' memory holds its parameters and their optimizer's state.
 */
import { tensor1d, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { Architecture, CandidateWeights } from '../../../core/search/training/architecture';
import type { ArchOptimizer } from '../../../core/search/training/trainingStep';
import type { Kernels } from '../../../kernels/host';
import type { ArchitecturePart } from './architecturePart';
import type { StepPlaces } from './lowering';
import { Moments } from './moments';
import { PlainFormulas } from './plainFormulas';
import { StepCount } from '../stepCount';

export async function plainCandidates(
  architecture: Architecture,
  formula: CandidateWeights,
  optimizer: ArchOptimizer,
  { architecture: own, weights: weightsAt, weightGradients, parts }: StepPlaces,
  { memory, kernels }: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels },
): Promise<ArchitecturePart> {
  const plain = new PlainFormulas(architecture, formula);
  const { candidates } = plain;
  const weights = new Float32Array(memory.buffer, weightsAt, candidates);
  const weightShares = new Float64Array(memory.buffer, weightGradients, candidates * parts.parts.length);
  const alphas = new Float32Array(memory.buffer, own.parameters, candidates);
  const gradients = new Float32Array(memory.buffer, own.gradients, candidates);
  const still = new Float32Array(candidates);
  const steps = new StepCount(optimizer, 0, new Float32Array(memory.buffer, own.controls, 3));
  const moments = new Moments(memory, own.moments, optimizer, [{ name: 'all', ranges: [{ from: 0, count: own.moments.count }], steps }]);
  const places = placesOf(architecture.alphas);
  for (const { alpha, from } of places) alphas.set((await alpha.data()) as Float32Array, from);
  return {
    run(controls, task, observe) {
      plain.forward(alphas, controls);
      weights.set(plain.probabilities);
      task();
      plain.backward(weightShares, gradients, controls);
      const pulls = controls.archRate > 0 ? gradients : still;
      const metrics = [plain.penalty, ...plain.costs, ...plain.probabilities, ...pulls];
      if (controls.archRate === 0) observe(new Map());
      else {
        tidy(() => observe(new Map(places.map(({ id, from, to }) => [id, tensor1d(gradients.slice(from, to))]))));
        steps.next(controls.archRate);
        kernels.optimize(own.optimizer, own.call);
        for (const { alpha, from, to } of places) tidy(() => alpha.assign(tensor1d(alphas.slice(from, to))));
      }
      return metrics;
    },
    state: async () => moments.state(),
    restore: (state) => moments.restore(state),
    dispose() {},
  };
}

/** Position of each mixed operation's parameters among all of them. */
function placesOf(alphas: ReadonlyMap<string, Variable>) {
  let from = 0;
  return [...alphas].map(([id, alpha]) => ({ id, alpha, from, to: (from += alpha.size) }));
}
