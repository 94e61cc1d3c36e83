/**
 * The fused training step on WebAssembly: one call into the kernels runs the whole step, over a memory of its own that holds
 * parameters, moments, values and gradients. tfjs's variables are updated only before somebody reads them.
 */
import { sayLater } from '../../../core/language/told';
import { tensor, tensor1d, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { candidateCount, noFactors, type Architecture } from '../../../core/search/training/architecture';
import { metricNames, type StepControls, type StepOptions, type TrainingStep } from '../../../core/search/training/trainingStep';
import type { Batch } from '../../../core/data/batches';
import type { KernelHost, Kernels } from '../../../kernels/host';
import { lossFor } from '../../../kernels/losses/index';
import type { ArchitecturePart } from './architecturePart';
import { busyThreads } from './batchParts';
import { Filling } from './filling';
import { lower, lowerPaths, type Lowered, type LoweringOptions, type StepProgram } from './lowering';
import { compileProgram, NotCovered } from '../program';
import { StepCount } from '../stepCount';
import { startMachine } from './machine';
import { Moments } from './moments';
import { NoRoom, tooLarge } from '../room';
import { wasmFactors } from './factors';
import { pathPart } from './pathPart';
import { plainCandidates } from './plainCandidates';
import { numbersIn } from '../../../core/ops/shape';

/**
 * @throws NotCovered when the network has an operation without a fused form
 * @throws WorkbenchError `invalid-setting` when the batch needs more memory than there is, with one that fits
 */
export async function createWasmStep(options: StepOptions, host: KernelHost): Promise<TrainingStep> {
  const { plan, parameters, batchSize, optimizer, archOptimizer, architecture } = options;
  const threads = busyThreads(batchSize, host.threads);
  const factors = architecture?.factors ?? noFactors;
  const loss = lossFor(options.loss);
  if (loss.wasm === null) throw new NotCovered(sayLater('the loss {id}', { id: loss.id }));
  const filling = new Filling(plan, architecture !== null);
  const program = compileProgram(filling.plan, factors.masked);
  const lowering: LoweringOptions = {
    plan: filling.plan,
    loss: loss.wasm,
    program,
    unfilled: filling.values(program, factors.masked),
    batchSize,
    candidates: candidateCount(factors),
    optimizer,
    archOptimizer,
    threads,
  };
  const paths = architecture?.singlePath ? lowerPaths(lowering) : null;
  const whole = paths ? null : lower(lowering);
  const lowered = paths?.step ?? (whole as Lowered);
  const roomFor = (size: number) => {
    const other = { ...lowering, batchSize: size };
    return (paths ? lowerPaths(other).step : lower(other)).memory.room(threads > 1);
  };
  const { memory, kernels, floats, end } = await startMachine(lowered, threads, host).catch(async (error: unknown) => {
    throw error instanceof NoRoom ? await tooLarge(batchSize, roomFor, 'processor') : error;
  });
  const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
  const addressOf = (name: string) => lowered.parameters.get(name) as number;

  const inputSize = numbersIn(plan.network.input);
  const input = floats(lowered.input, batchSize * inputSize);
  const labels = new Int32Array(memory.buffer, lowered.labels, batchSize);
  const seed = new Int32Array(memory.buffer, lowered.seed, 1);
  const { parts, shares, firstHalf } = lowered.parts;
  const totals = doubles(lowered.totals, 2 * parts.length);

  for (const [name, variable] of parameters)
    floats(addressOf(name), filling.sizeOf(name, variable.size)).set(filling.fill(name, (await variable.data()) as Float32Array));

  const groups = lowered.groups.map((group) => ({
    ...group,
    steps: new StepCount(optimizer, options.weightDecay, floats(group.controls, 3)),
  }));
  const steps = new Map(groups.map((group) => [group.name, group.steps]));
  const moments = new Moments(memory, lowered.moments, optimizer, groups);
  const part = paths
    ? pathPart(architecture as Architecture, paths, memory)
    : await architecturePart(options, whole as Lowered, { memory, kernels });
  let behind = false;

  /** Adds the shares, as the optimizer does. */
  const gradientOf = (name: string, { shape, size }: Variable): Tensor => {
    const halves = [new Float32Array(size), new Float32Array(size)] as const;
    for (let share = 0; share < shares; share++) {
      const half = halves[share < firstHalf ? 0 : 1];
      const gradient = floats(addressOf(name) + lowered.toGradient + share * lowered.gradientStride, filling.sizeOf(name, size));
      filling.pick(name, gradient).forEach((value, i) => ((half[i] as number) += value));
    }
    return tensor(
      halves[0].map((value, i) => value + (halves[1][i] as number)),
      shape,
    );
  };

  const weightGradients = ({ groups: moved }: StepProgram): (readonly [string, Tensor])[] =>
    moved.flatMap((group) => group.parameters.map((name) => [name, gradientOf(name, parameters.get(name) as Variable)] as const));

  return {
    implementation: sayLater('fused on {count, plural, one {# thread} other {# threads}}', { count: threads }),
    metricNames: metricNames(loss.counts, architecture),
    run(batch: Batch, controls: StepControls, observe) {
      const moves = controls.weightRate > 0;
      const mean = (column: number) => totals.reduce((sum, value, at) => (at % 2 === column ? sum + value : sum), 0) / batchSize;
      let ran: StepProgram | null = null;
      const task = (network: StepProgram = whole as Lowered) => {
        ran = network;
        input.set(batch.x);
        labels.set(batch.labels);
        if (network.dropsOut) seed[0] = options.randomSeed();
        if (moves) for (const { name } of network.groups) (steps.get(name) as StepCount).next(controls.weightRate);
        kernels.run(lowered.shared, moves ? network.program : network.programWithoutUpdate);
        behind = true;
        return mean(0);
      };
      const see = (own: ReadonlyMap<string, Tensor>) => {
        if (observe) tidy(() => observe(new Map([...(moves && ran ? weightGradients(ran) : []), ...own])));
      };
      if (part) {
        const more = part.run(controls, task, see);
        return { metrics: tensor1d([mean(0), mean(1), ...more]) };
      }
      task();
      see(new Map());
      return { metrics: tensor1d([mean(0), mean(1)]) };
    },
    settle() {
      if (!behind) return;
      behind = false;
      for (const [name, variable] of parameters) {
        const values = filling.pick(name, floats(addressOf(name), filling.sizeOf(name, variable.size)));
        tidy(() => variable.assign(tensor(values, variable.shape)));
      }
    },
    memory: {
      read: async () => [moments.state(), ...(part ? [await part.state()] : [])],
      restore([ofWeights, ofArchitecture]) {
        if (ofWeights) moments.restore(ofWeights);
        if (ofArchitecture) part?.restore(ofArchitecture);
      },
    },
    failure: () => null,
    dispose() {
      part?.dispose();
      end();
    },
  };
}

async function architecturePart(
  options: StepOptions,
  lowered: Lowered,
  machine: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels },
): Promise<ArchitecturePart | null> {
  const { architecture, archOptimizer } = options;
  if (!architecture) return null;
  const { formula } = architecture;
  return formula?.kind === 'candidates' && formula.plain
    ? plainCandidates(architecture, formula, archOptimizer, lowered, machine)
    : wasmFactors(architecture, options, lowered, machine);
}
