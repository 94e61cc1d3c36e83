/**
 * Time of training steps under Node, per workload: the fused step on one thread and on all, tfjs with the composed kernels
 * and its autograd, and PyTorch on request. Rounds alternate between them, so that a machine's moods meet all alike.
 */
import { Call } from '../src/kernels/calls';
import { compileKernels, threadsFor, type Kernels } from '../src/kernels/host';
import { lower } from '../src/training/fused/lowering';
import { compileProgram } from '../src/training/fused/program';
import { createWasmStep } from '../src/training/fused/wasmStep';
import { createReferenceStep } from '../src/training/referenceStep';
import { startBackend } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { nodeKernels } from '../src/backends/nodeKernels';
import { costTable } from '../src/core/cost/costTable';
import { gap8 } from '../src/core/cost/devices/gap8';
import { metricFor } from '../src/core/cost/metrics';
import { layerTable } from '../src/core/cost/layerTable';
import { macs } from '../src/core/cost/macs';
import { costOf } from '../src/core/cost/terms';
import { createParameters, disposeParameters, initialWeights } from '../src/core/network/parameters';
import { planNetwork } from '../src/core/network/plan';
import { createRandom } from '../src/core/random';
import { plainSoftmax, SuperNet } from '../src/core/search/supernet';
import type { StepFactory } from '../src/core/search/trainingStep';
import { availableParallelism } from 'node:os';
import { workloads, type Workload } from './networks';
import { startPyTorch, type Peer } from './peer';

const ROUNDS = 4;
const STEPS = 6;
/** tfjs alone takes ten times as long. */
const COMPOSED_STEPS = 2;
/** Of each round, steps that do not count. */
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
  /** The peer's name, or why there is none; null when it was not asked for. */
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
  /** Nominal: three times the multiply-adds of the forward pass. */
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
    const alone = timings.find(
      ({ workload: name, batch, what, threads }) => name === workload.name && batch === workload.batch && what === 'fused' && threads === 1,
    );
    parts.push(await partsOf(workload, alone?.fastest ?? NaN));
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
  const peers = peer
    ? counts.map((threads) => ({
        what: peer.name,
        threads,
        round: () => peer.measure({ network: workload.network, batch: workload.batch, threads, steps: STEPS }),
        end() {},
      }))
    : [];
  return [...ours, composed, ...peers];
}

async function stepRunner(
  { network, batch }: Workload,
  what: string,
  threads: number,
  steps: number,
  factory: StepFactory,
): Promise<Runner> {
  const plan = planNetwork(network);
  const random = createRandom(1, 'benchmark');
  const parameters = createParameters(plan, initialWeights(plan, random));
  const mixed = network.layers.some(({ op }) => op === 'mixedOp');
  const table = costTable(plan, [metricFor('params', gap8), metricFor('macs', gap8)]);
  const architecture = mixed ? new SuperNet(plan, table, { ...plainSoftmax, random }) : null;
  const step = await factory({
    plan,
    parameters,
    architecture,
    batchSize: batch,
    optimizer: 'adam',
    weightDecay: 1e-4,
    excess: 'above',
    bilevel: false,
    randomSeed: () => 0,
  });
  const size = network.input.reduce((product, extent) => product * extent, 1);
  const classes = plan.outputShape[0] as number;
  const data = {
    x: Float32Array.from({ length: batch * size }, () => random.normal()),
    labels: Int32Array.from({ length: batch }, (_, index) => index % classes),
  };
  const penalties = mixed
    ? [
        { strength: 1e-6, target: 1 },
        { strength: 1e-8, target: 1 },
      ]
    : [];
  return {
    what,
    threads,
    async round() {
      const times: number[] = [];
      for (let index = 0; index < steps; index++) {
        const started = performance.now();
        const { metrics } = step.run(data, { weightRate: 1e-3, archRate: mixed ? 1e-2 : 0, penalties });
        await metrics.data();
        times.push(performance.now() - started);
        metrics.dispose();
      }
      return times;
    },
    end() {
      step.dispose();
      architecture?.dispose();
      disposeParameters(parameters);
    },
  };
}

/** Runs the fused program up to its marks; the differences are the parts. */
async function partsOf({ name, network, batch }: Workload, stepFastest: number): Promise<Parts> {
  const plan = planNetwork(network);
  const candidates = network.layers.reduce((total, layer) => total + (layer.op === 'mixedOp' ? layer.candidates.length : 0), 0);
  const lowered = lower({ plan, program: compileProgram(plan), batchSize: batch, candidates, optimizer: 'adam', threads: 1 });
  const memory = lowered.memory.create(false);
  const kernels = new WebAssembly.Instance(await compileKernels(nodeKernels, 'single'), { env: { memory } }).exports as unknown as Kernels;
  const words = new Int32Array(memory.buffer);
  const upTo = (mark: number) => {
    const before = words[mark / 4] as number;
    words[mark / 4] = Call.end;
    let fastest = Infinity;
    for (let round = 0; round < ROUNDS * STEPS; round++) {
      const started = performance.now();
      kernels.run(lowered.shared, lowered.program);
      fastest = Math.min(fastest, performance.now() - started);
    }
    words[mark / 4] = before;
    return fastest;
  };
  const forward = upTo(lowered.marks.backward);
  const backward = upTo(lowered.marks.optimizer);
  const whole = upTo(lowered.marks.end);
  const flops = 2 * batch * layerTable(plan).reduce((total, row) => total + costOf(macs(row), row), 0);
  return {
    workload: name,
    batch,
    forward,
    backward: backward - forward,
    optimizer: whole - backward,
    script: stepFastest - whole,
    megabytes: memory.buffer.byteLength / 1e6,
    gigaflops: (3 * flops) / whole / 1e6,
  };
}
