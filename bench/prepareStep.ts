/** Prepares a workload's training step for timing. */
import { costTable } from '../src/core/cost/costTable';
import { gap8 } from '../src/core/cost/devices/gap8';
import { metricFor } from '../src/core/cost/metrics';
import { said } from '../src/core/language/told';
import { createParameters, disposeParameters, initialWeights } from '../src/core/network/parameters';
import { planNetwork, type NetworkPlan } from '../src/core/network/plan';
import { TrainingBatches } from '../src/core/data/batches';
import { numbersIn } from '../src/core/ops/shape';
import { createRandom, type Random } from '../src/core/random';
import type { Architecture } from '../src/core/search/training/architecture';
import { Pit } from '../src/core/search/architectures/pit';
import { SinglePaths } from '../src/core/search/architectures/singlePaths';
import { plainSoftmax, SuperNet } from '../src/core/search/architectures/supernet';
import type { StepFactory } from '../src/core/search/training/trainingStep';
import { USUAL_LOSS, type Workload } from '../support/workloads';

/** Milliseconds of a whole step, and of the part for which the calling thread was busy. */
export interface StepTime {
  readonly ms: number;
  readonly scriptMs: number;
}

interface PreparedStep {
  /** The step's own description. */
  readonly implementation: string;
  /** Runs one step on a new batch, drawn as in a search, and reads its metrics. */
  step(): Promise<StepTime>;
  /** Milliseconds per step of steps in a row, of which only the last one's metrics are read. */
  inRow(steps: number): Promise<number>;
  end(): void;
}

export async function prepareStep(workload: Workload, factory: StepFactory): Promise<PreparedStep> {
  const { network, batch, loss = USUAL_LOSS } = workload;
  const plan = planNetwork(network);
  const random = createRandom(1, 'benchmark');
  const batches = randomBatches(workload, plan.outputShape[0] as number, random);
  const parameters = createParameters(plan, initialWeights(plan, random));
  const architecture = architectureOf(workload, plan);
  const step = await factory({
    plan,
    parameters,
    architecture,
    loss,
    batchSize: batch,
    optimizer: 'adam',
    archOptimizer: 'adam',
    weightDecay: 1e-4,
    sets: batches.sets,
    randomSeed: () => 0,
  });
  const searched = architecture && !architecture.singlePath;
  const archRate = searched ? 1e-2 : 0;
  const penalties = searched
    ? [
        { strength: 1e-6, target: 1 },
        { strength: 1e-8, target: 1 },
      ]
    : [];
  const run = () => step.run(batches.next(), { weightRate: 1e-3, archRate, penalties }).metrics;
  return {
    implementation: said(step.implementation),
    async step() {
      const started = performance.now();
      const metrics = run();
      const scriptMs = performance.now() - started;
      await metrics.data();
      const ms = performance.now() - started;
      metrics.dispose();
      return { ms, scriptMs };
    },
    async inRow(steps) {
      const started = performance.now();
      for (let left = steps; left > 1; left--) run().dispose();
      const metrics = run();
      await metrics.data();
      const ms = performance.now() - started;
      metrics.dispose();
      return ms / steps;
    },
    end() {
      step.dispose();
      architecture?.dispose();
      disposeParameters(parameters);
    },
  };
}

/** Four batches of examples with random bytes. */
function randomBatches({ network, batch }: Workload, classes: number, random: Random): TrainingBatches {
  const shape = network.input;
  const bytes = (count: number, most: number) => Uint8Array.from({ length: count }, () => random.integer(most));
  const count = 4 * batch;
  const examples = { count, values: bytes(count * numbersIn(shape), 256), labels: bytes(count, classes) };
  const ofAll = (value: number) => Array.from({ length: shape.at(-1) as number }, () => value);
  const normalization = { mean: ofAll(0.5), deviation: ofAll(0.29) };
  return new TrainingBatches({ examples, shape, normalization }, batch, null, random);
}

/** The architecture to search in a workload's network, null for none. */
export function architectureOf({ network, channels, paths }: Workload, plan: NetworkPlan): Architecture | null {
  if (paths) return new SinglePaths(plan, createRandom(1, 'paths'));
  const metrics = [metricFor('params', gap8), metricFor('macs', gap8)];
  if (channels) return new Pit(plan, metrics, { start: 1, end: 1 });
  if (!network.layers.some(({ op }) => op === 'mixedOp')) return null;
  return new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random: createRandom(1, 'gumbel') });
}
