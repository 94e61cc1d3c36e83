/**
 * Times training steps under Node, per workload: the fused step on one thread and on all, tfjs with the composed kernels and its
 * autograd, and PyTorch on request. Rounds alternate between them, so that changes in the machine's speed affect all of them alike.
 */
import { Call } from '../src/kernels/calls';
import { lossFor } from '../src/kernels/losses/index';
import type { LossKind } from '../src/kernels/losses/fields';
import { threadsFor, type Kernels } from '../src/kernels/host';
import { lower } from '../src/training/fused/wasm/lowering';
import { compileProgram } from '../src/training/fused/program';
import { startMachine } from '../src/training/fused/wasm/machine';
import { createWasmStep } from '../src/training/fused/wasm/step';
import { createReferenceStep } from '../src/training/referenceStep';
import { startBackend } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { nodeKernels } from '../src/backends/nodeKernels';
import { layerTable } from '../src/core/cost/layerTable';
import { macs } from '../src/core/cost/macs';
import { costOf } from '../src/core/cost/terms';
import { initialWeights } from '../src/core/network/parameters';
import { planNetwork } from '../src/core/network/plan';
import { createRandom } from '../src/core/random';
import type { StepFactory } from '../src/core/search/training/trainingStep';
import { availableParallelism } from 'node:os';
import { USUAL_LOSS, workloads, type Workload } from '../support/workloads';
import { startPyTorch, type Peer } from './peer';
import { prepareStep } from './prepareStep';
import { numbersIn } from '../src/core/ops/shape';

const ROUNDS = 4;
const STEPS = 6;
/** Fewer steps for tfjs alone, which takes ten times as long. */
const COMPOSED_STEPS = 2;
/** Steps at the start of each round that are not timed. */
const SETTLING = 1;

export interface Timing {
  readonly workload: string;
  readonly batch: number;
  readonly what: string;
  readonly threads: number;
  /** Milliseconds per step over all rounds. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

export interface StepReport {
  readonly timings: readonly Timing[];
  /** Parts of the fused step on one thread, in milliseconds (script: outside the kernels), its memory, and its speed. */
  readonly parts: readonly Parts[];
  /** The peer's name, or the reason why there is none; null if nobody asked for it. */
  readonly peer: string | null;
}

export interface Parts {
  readonly workload: string;
  readonly batch: number;
  readonly forward: number;
  readonly backward: number;
  readonly optimizer: number;
  readonly script: number;
  readonly megabytes: number;
  /** Nominal work: three times the multiply-adds of the forward pass. */
  readonly gigaflops: number;
}

interface Runner {
  readonly what: string;
  readonly threads: number;
  round(): Promise<readonly number[]>;
  end(): void;
}

export async function benchmarkSteps(withPeer: boolean, say: (line: string) => void): Promise<StepReport> {
  await startBackend('wasm', nodeBackends);
  const peer = withPeer ? await startPyTorch() : null;
  const timings: Timing[] = [];
  const parts: Parts[] = [];
  for (const workload of workloads) {
    say(`${workload.name}, batch ${workload.batch}`);
    const runners = await runnersFor(workload, typeof peer === 'string' ? null : peer);
    const times = new Map<Runner, number[]>(runners.map((runner) => [runner, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const runner of runners) times.get(runner)?.push(...(await runner.round()).slice(SETTLING));
    for (const runner of runners) {
      runner.end();
      const sorted = (times.get(runner) as number[]).toSorted((a, b) => a - b);
      timings.push({
        workload: workload.name,
        batch: workload.batch,
        what: runner.what,
        threads: runner.threads,
        median: sorted[Math.floor(sorted.length / 2)] as number,
        fastest: sorted[0] as number,
        slowest: sorted.at(-1) as number,
      });
    }
    // Every path has parts of its own.
    if (!workload.paths) parts.push(await partsOf(workload));
  }
  if (peer && typeof peer !== 'string') peer.end();
  return { timings, parts, peer: typeof peer === 'string' ? `no PyTorch: ${peer}` : (peer?.name ?? null) };
}

async function runnersFor(workload: Workload, peer: Peer | null): Promise<Runner[]> {
  const all = threadsFor(availableParallelism());
  const counts = [...new Set([1, all])];
  const ours = await Promise.all(
    counts.map((threads) =>
      stepRunner(workload, 'fused', threads, STEPS, (options) => createWasmStep(options, { ...nodeKernels, threads })),
    ),
  );
  const composed = await stepRunner(workload, 'tfjs, composed kernels', 1, COMPOSED_STEPS, createReferenceStep);
  // The PyTorch benchmark trains candidates and plain networks, but no channel search and no paths.
  const peers =
    peer && !workload.channels && !workload.paths
      ? counts.map((threads) => ({
          what: peer.name,
          threads,
          round: async () => (await peer.measure({ ...workload, threads, steps: STEPS, device: 'cpu' })).times,
          end() {},
        }))
      : [];
  return [...ours, composed, ...peers];
}

async function stepRunner(workload: Workload, what: string, threads: number, steps: number, factory: StepFactory): Promise<Runner> {
  const subject = await prepareStep(workload, factory);
  return {
    what,
    threads,
    async round() {
      const times: number[] = [];
      for (let index = 0; index < steps; index++) times.push((await subject.step()).ms);
      return times;
    },
    end: () => subject.end(),
  };
}

/** Runs the sections of the fused program, on random weights and examples. */
async function partsOf(workload: Workload): Promise<Parts> {
  const { name, network, batch, loss = USUAL_LOSS } = workload;
  const plan = planNetwork(network);
  const candidates = network.layers.reduce((total, layer) => total + (layer.op === 'mixedOp' ? layer.candidates.length : 0), 0);
  const program = compileProgram(plan);
  const lowered = lower({
    plan,
    program,
    unfilled: program.values,
    batchSize: batch,
    candidates,
    optimizer: 'adam',
    archOptimizer: 'adam',
    loss: lossFor(loss).wasm as LossKind,
    threads: 1,
  });
  const { memory, kernels } = await startMachine(lowered, 1, nodeKernels);
  const random = createRandom(1, 'benchmark');
  const fill = (at: number, values: ArrayLike<number>) => new Float32Array(memory.buffer, at, values.length).set(values);
  for (const [parameter, { data }] of Object.entries(initialWeights(plan, random))) fill(lowered.parameters.get(parameter) as number, data);
  const size = numbersIn(network.input);
  fill(
    lowered.input,
    Float32Array.from({ length: batch * size }, () => random.normal()),
  );
  fill(lowered.weights, new Float32Array(candidates).fill(0.3));
  const words = new Int32Array(memory.buffer);
  const { marks } = lowered;
  /** Fastest time of the calls between two positions in the list. */
  const between = (from: number, mark: number) => {
    const before = words[mark / 4] as number;
    words[mark / 4] = Call.end;
    let fastest = Infinity;
    for (let round = 0; round < ROUNDS * STEPS; round++) {
      const started = performance.now();
      kernels.run(lowered.shared, from);
      fastest = Math.min(fastest, performance.now() - started);
    }
    words[mark / 4] = before;
    return fastest;
  };
  const forward = between(lowered.program, marks.backward);
  const backward = between(lowered.program, marks.optimizer) - forward;
  const optimizer = between(marks.optimizer, marks.end);
  const flops = 2 * batch * layerTable(plan).reduce((total, row) => total + costOf(macs(row), row), 0);
  return {
    workload: name,
    batch,
    forward,
    backward,
    optimizer,
    script: await scriptTime(workload),
    megabytes: memory.buffer.byteLength / 1e6,
    gigaflops: (3 * flops) / (forward + backward + optimizer) / 1e6,
  };
}

/** Milliseconds of a fused step outside its kernels, on one thread: the median of some steps. */
async function scriptTime(workload: Workload): Promise<number> {
  let inKernels = 0;
  const timed =
    <Args extends unknown[]>(kernel: (...args: Args) => void) =>
    (...args: Args) => {
      const started = performance.now();
      kernel(...args);
      inKernels += performance.now() - started;
    };
  const { Instance } = WebAssembly;
  // The step makes its own WebAssembly instance, so this wraps the function that instantiates modules.
  WebAssembly.Instance = function (module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    const { run, optimize } = new Instance(module, imports).exports as unknown as Kernels;
    return { exports: { run: timed(run), optimize: timed(optimize) } };
  } as unknown as typeof Instance;
  const prepared = await prepareStep(workload, (options) => createWasmStep(options, { ...nodeKernels, threads: 1 })).finally(
    () => (WebAssembly.Instance = Instance),
  );
  const times: number[] = [];
  for (let index = 0; index < STEPS + SETTLING; index++) {
    inKernels = 0;
    const { ms } = await prepared.step();
    if (index >= SETTLING) times.push(ms - inKernels);
  }
  prepared.end();
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
