/** A workload's training step, ready to be timed. */
import { costTable } from '../src/core/cost/costTable';
import { gap8 } from '../src/core/cost/devices/gap8';
import { metricFor } from '../src/core/cost/metrics';
import { createParameters, disposeParameters, initialWeights } from '../src/core/network/parameters';
import { planNetwork, type NetworkPlan } from '../src/core/network/plan';
import { createRandom } from '../src/core/random';
import type { Architecture } from '../src/core/search/architecture';
import { Pit } from '../src/core/search/pit';
import { plainSoftmax, SuperNet } from '../src/core/search/supernet';
import type { StepFactory } from '../src/core/search/trainingStep';
import type { Workload } from './networks';

export interface PreparedStep {
  /** One step with its metrics read. Milliseconds of all of it, and of what the calling thread did before it could go on. */
  step(): Promise<{ readonly ms: number; readonly scriptMs: number }>;
  end(): void;
}

export async function prepareStep(workload: Workload, factory: StepFactory): Promise<PreparedStep> {
  const { network, batch } = workload;
  const plan = planNetwork(network);
  const random = createRandom(1, 'benchmark');
  const parameters = createParameters(plan, initialWeights(plan, random));
  const architecture = architectureOf(workload, plan);
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
  const penalties = architecture
    ? [
        { strength: 1e-6, target: 1 },
        { strength: 1e-8, target: 1 },
      ]
    : [];
  return {
    async step() {
      const started = performance.now();
      const { metrics } = step.run(data, { weightRate: 1e-3, archRate: architecture ? 1e-2 : 0, penalties });
      const scriptMs = performance.now() - started;
      await metrics.data();
      const ms = performance.now() - started;
      metrics.dispose();
      return { ms, scriptMs };
    },
    end() {
      step.dispose();
      architecture?.dispose();
      disposeParameters(parameters);
    },
  };
}

function architectureOf({ network, channels }: Workload, plan: NetworkPlan): Architecture | null {
  const metrics = [metricFor('params', gap8), metricFor('macs', gap8)];
  if (channels) return new Pit(plan, metrics, { start: 1, end: 1 });
  if (!network.layers.some(({ op }) => op === 'mixedOp')) return null;
  return new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random: createRandom(1, 'gumbel') });
}
