/**
 * The fused training step on WebAssembly: the whole step is one call into the kernels, over a memory of its own that holds
 * parameters, moments, values and gradients. tfjs's variables are brought up to date when somebody is to read them.
 */
import { tensor, tensor1d, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { compileKernels, type Helper, type KernelHost, type Kernels } from '../../kernels/host';
import { metricNames, type Batch, type StepControls, type StepOptions, type TrainingStep } from '../../core/search/trainingStep';
import { Architecture } from './architecture';
import { lower } from './lowering';
import { compileProgram } from './program';
import { coveredSupernet } from './covered';
import { StepCount } from './stepCount';

/** @throws NotCovered when the network has an operation without a fused form, or the search goes another way than the plain one */
export async function createWasmStep(options: StepOptions, host: KernelHost): Promise<TrainingStep> {
  const { plan, parameters, batchSize, optimizer } = options;
  const supernet = coveredSupernet(options);
  const threads = Math.min(host.threads, batchSize);
  const architecture = supernet && new Architecture(supernet);
  const candidates = architecture?.candidates ?? 0;
  const lowered = lower({ plan, program: compileProgram(plan), batchSize, candidates, optimizer, threads });
  const memory = lowered.memory.create(threads > 1);
  const module = await compileKernels(host, threads > 1 ? 'shared' : 'single');
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
  const addressOf = (name: string) => lowered.parameters.get(name) as number;

  const inputSize = plan.network.input.reduce((product, extent) => product * extent, 1);
  const input = floats(lowered.input, batchSize * inputSize);
  const labels = new Int32Array(memory.buffer, lowered.labels, batchSize);
  const weights = floats(lowered.weights, candidates);
  const weightShares = doubles(lowered.weightGradients, candidates * threads);
  const totals = doubles(lowered.totals, 2 * threads);
  const alphas = floats(lowered.architecture.parameters, candidates);
  const alphaGradients = floats(lowered.architecture.gradients, candidates);

  for (const [name, variable] of parameters) floats(addressOf(name), variable.size).set((await variable.data()) as Float32Array);
  await forEachAlpha(async (alpha, from) => alphas.set((await alpha.data()) as Float32Array, from));

  const helpers: Helper[] = [];
  for (let thread = 1; thread < threads; thread++) helpers.push(await host.startHelper({ module, memory, shared: lowered.shared, thread }));

  const weightSteps = new StepCount(optimizer, options.weightDecay, floats(lowered.controls, 3));
  const archSteps = new StepCount(optimizer, 0, floats(lowered.architecture.controls, 3));
  let behind = false;

  async function forEachAlpha(visit: (alpha: Variable, from: number) => unknown): Promise<void> {
    let from = 0;
    for (const alpha of supernet?.alphas.values() ?? []) {
      await visit(alpha, from);
      from += alpha.size;
    }
  }

  /** The threads' shares added up, as the optimizer sees them. */
  const gradientOf = (name: string, { shape, size }: Variable): Tensor => {
    const sum = new Float32Array(size);
    for (let thread = 0; thread < threads; thread++) {
      const share = floats(addressOf(name) + lowered.toGradient + thread * lowered.gradientStride, size);
      share.forEach((value, i) => ((sum[i] as number) += value));
    }
    return tensor(sum, shape);
  };

  const gradients = (): Map<string, Tensor> => {
    const all = new Map<string, Tensor>();
    for (const [name, variable] of parameters) if (variable.trainable) all.set(name, gradientOf(name, variable));
    let from = 0;
    for (const [id, { size }] of supernet?.alphas ?? []) all.set(id, tensor1d(alphaGradients.slice(from, (from += size))));
    return all;
  };

  return {
    implementation: `fused on ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    metricNames: metricNames(supernet),
    run(batch: Batch, controls: StepControls, observe) {
      if (architecture) {
        architecture.forward(alphas, controls);
        weights.set(architecture.probabilities);
      }
      input.set(batch.x);
      labels.set(batch.labels);
      weightSteps.next(controls.weightRate);
      kernels.run(lowered.shared, lowered.program);
      behind = true;

      const mean = (column: number) => totals.reduce((sum, value, at) => (at % 2 === column ? sum + value : sum), 0) / batchSize;
      const metrics = [mean(0), mean(1)];
      if (architecture) {
        metrics.push(architecture.penalty, ...architecture.costs, ...architecture.probabilities);
        architecture.backward(weightShares, alphaGradients, controls);
      }
      if (observe) tidy(() => observe(gradients()));
      if (supernet && controls.archRate > 0) {
        archSteps.next(controls.archRate);
        kernels.optimize(lowered.architecture.optimizer, lowered.architecture.call);
        let from = 0;
        for (const alpha of supernet.alphas.values()) tidy(() => alpha.assign(tensor1d(alphas.slice(from, (from += alpha.size)))));
      }
      return { metrics: tensor1d(metrics) };
    },
    settle() {
      if (!behind) return;
      behind = false;
      for (const [name, variable] of parameters)
        tidy(() => variable.assign(tensor(floats(addressOf(name), variable.size).slice(), variable.shape)));
    },
    failure: () => null,
    dispose() {
      for (const helper of helpers) helper.end();
    },
  };
}
