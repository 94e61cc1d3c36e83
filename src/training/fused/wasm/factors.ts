/**
 * Any search's part of the fused step on WebAssembly: writes factors into the kernels' memory, and reads their gradient from it.
 */
import { scalar, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { candidateCount, factorsInRow, type Architecture, type ArchitecturePass } from '../../../core/search/training/architecture';
import type { StepOptions } from '../../../core/search/training/trainingStep';
import type { ArchitecturePart } from './architecturePart';
import { autogradArchitecture } from './autogradArchitecture';
import type { Lowered } from './lowering';

interface FactorPlaces {
  set(values: Float32Array): void;
  gradient(): Float32Array;
}

/* eslint-disable no-restricted-syntax -- tensors of this backend lie in memory: reading them waits for nothing */
export function wasmFactors(
  architecture: Architecture,
  options: StepOptions,
  lowered: Lowered,
  { memory }: { readonly memory: WebAssembly.Memory },
): ArchitecturePart {
  const { masks } = lowered;
  const factors = masks.size > 0 ? channelMasks(lowered, memory) : candidateWeights(architecture, lowered, memory);
  const autograd = autogradArchitecture(architecture, options);
  return {
    run(controls, task, observe) {
      const network = {
        factors: (pass: ArchitecturePass) => factorsInRow(pass, architecture.factors, masks.keys()),
        run(values: Tensor1D) {
          factors.set(values.dataSync() as Float32Array);
          return scalar(task());
        },
        gradient: () => tensor1d(factors.gradient()),
      };
      const report = autograd.run(controls, network, observe);
      const values = [...report.dataSync()];
      report.dispose();
      return values;
    },
    state: () => autograd.state(),
    restore: (state) => autograd.restore(state),
    dispose: () => autograd.dispose(),
  };
}

/** The weights of all candidates of all mixed operations. */
function candidateWeights({ factors }: Architecture, lowered: Lowered, memory: WebAssembly.Memory): FactorPlaces {
  const length = candidateCount(factors);
  const weights = new Float32Array(memory.buffer, lowered.weights, length);
  const shares = new Float64Array(memory.buffer, lowered.weightGradients, length * lowered.parts.parts.length);
  return {
    set: (values) => weights.set(values),
    gradient() {
      const sum = new Float64Array(length);
      shares.forEach((share, at) => ((sum[at % length] as number) += share));
      return Float32Array.from(sum);
    },
  };
}

/** The masks of all masked places. */
function channelMasks({ masks }: Lowered, memory: WebAssembly.Memory): FactorPlaces {
  const places = [...masks.values()].map(({ values, gradients, channels }) => ({
    mask: new Float32Array(memory.buffer, values, channels),
    gradient: new Float64Array(memory.buffer, gradients, channels),
  }));
  return {
    set(values) {
      let at = 0;
      for (const { mask } of places) mask.set(values.subarray(at, (at += mask.length)));
    },
    gradient: () => Float32Array.from(places.flatMap(({ gradient }) => [...gradient])),
  };
}
