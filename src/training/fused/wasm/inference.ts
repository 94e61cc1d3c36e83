/** Runs a network on WebAssembly: the forward half of the fused step, over a memory of its own. */
import { tensor, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { FollowingInference, Model } from '../../../core/search/training/engine';
import { candidateCount, factorsInRow, noFactors } from '../../../core/search/training/architecture';
import type { KernelHost } from '../../../kernels/host';
import { busyThreads } from './batchParts';
import { Filling } from './filling';
import { lowerInference, type LoweredInference } from './lowering';
import { compileProgram } from '../program';
import { startMachine } from './machine';
import { numbersIn } from '../../../core/ops/shape';

/** @throws NotCovered when the network has an operation without a fused form */
export async function createWasmInference(model: Model, batchSize: number, host: KernelHost): Promise<FollowingInference> {
  const { plan, parameters, architecture } = model;
  const threads = busyThreads(batchSize, host.threads);
  const factors = architecture?.factors ?? noFactors;
  const filling = new Filling(plan, architecture !== null);
  const program = compileProgram(filling.plan, factors.masked);
  const lowered = lowerInference({
    plan: filling.plan,
    program,
    unfilled: program.values,
    batchSize,
    candidates: candidateCount(factors),
    threads,
  });
  const { kernels, floats, end } = await startMachine(lowered, threads, host);
  const refresh = async () => {
    for (const [name, variable] of parameters)
      floats(lowered.parameters.get(name) as number, filling.sizeOf(name, variable.size)).set(
        filling.fill(name, (await variable.data()) as Float32Array),
      );
    setFactors(model, lowered, floats);
  };
  await refresh();

  const inputSize = numbersIn(plan.network.input);
  const classes = numbersIn(plan.outputShape);
  const input = floats(lowered.input, batchSize * inputSize);
  const output = floats(lowered.output, batchSize * classes);
  return {
    outputs(x) {
      input.set(x);
      kernels.run(lowered.shared, lowered.program);
      return tensor(output.slice(), [batchSize, classes]);
    },
    refresh,
    failure: () => null,
    dispose: end,
  };
}

/** Weights of candidates and masks of channels under the current architecture parameters. */
/* eslint-disable no-restricted-syntax -- tensors of this backend lie in memory: reading them waits for nothing */
function setFactors(
  { architecture }: Model,
  { weights, masks }: LoweredInference,
  floats: (at: number, count: number) => Float32Array,
): void {
  if (!architecture) return;
  tidy(() => {
    const pass = architecture.pass('evaluation');
    if (architecture.factors.candidates.length > 0) {
      const all = factorsInRow(pass, architecture.factors, []);
      floats(weights, all.size).set(all.dataSync());
    }
    for (const [path, { values, channels }] of masks) floats(values, channels).set((pass.forward.mask?.(path) as Tensor1D).dataSync());
  });
}
