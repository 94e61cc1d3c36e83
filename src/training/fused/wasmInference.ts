/** A network run on WebAssembly: the forward half of the fused step, over a memory of its own. */
import { concat, tensor, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Inference, Model } from '../../core/search/training/engine';
import { SuperNet } from '../../core/search/architectures/supernet';
import type { KernelHost } from '../../kernels/host';
import { busyThreads } from './batchParts';
import { lowerInference, type LoweredInference } from './lowering';
import { maskedPaths } from './maskedPaths';
import { compileProgram } from './program';
import { startMachine } from './wasmMachine';

/** @throws NotCovered when the network has an operation without a fused form */
export async function createWasmInference(model: Model, batchSize: number, host: KernelHost): Promise<Inference> {
  const { plan, parameters, architecture } = model;
  const threads = busyThreads(batchSize, host.threads);
  const candidates = architecture instanceof SuperNet ? architecture.costs.candidates.length : 0;
  const lowered = lowerInference({ plan, program: compileProgram(plan, maskedPaths(model)), batchSize, candidates, threads });
  const { kernels, floats, end } = await startMachine(lowered, threads, host);
  for (const [name, variable] of parameters)
    floats(lowered.parameters.get(name) as number, variable.size).set((await variable.data()) as Float32Array);
  setFactors(model, lowered, floats);

  const inputSize = plan.network.input.reduce((product, extent) => product * extent, 1);
  const classes = plan.outputShape.reduce((product, extent) => product * extent, 1);
  const input = floats(lowered.input, batchSize * inputSize);
  const output = floats(lowered.output, batchSize * classes);
  return {
    outputs(x) {
      input.set(x);
      kernels.run(lowered.shared, lowered.program);
      return tensor(output.slice(), [batchSize, classes]);
    },
    failure: () => null,
    dispose: end,
  };
}

/** Weights of candidates and masks of channels, as the architecture parameters have them now. */
/* eslint-disable no-restricted-syntax -- tensors of this backend lie in memory: reading them waits for nothing */
function setFactors(
  { architecture }: Model,
  { weights, masks }: LoweredInference,
  floats: (at: number, count: number) => Float32Array,
): void {
  if (!architecture) return;
  tidy(() => {
    const { mixing, mask } = architecture.pass('evaluation').forward;
    if (architecture instanceof SuperNet) {
      const all = concat(architecture.mixedOps.map(({ id }) => mixing(id)));
      floats(weights, all.size).set(all.dataSync());
    }
    for (const [path, { values, channels }] of masks) floats(values, channels).set((mask?.(path) as Tensor1D).dataSync());
  });
}
