/** Replays a reference trajectory with our own training step and measures the deviations. */
import { keep, type Tensor } from '@tensorflow/tfjs-core';
import { costTable } from '../core/cost/costTable';
import { gap8 } from '../core/cost/devices/gap8';
import { metricFor, type Metric, type MetricId } from '../core/cost/metrics';
import { WorkbenchError } from '../core/errors';
import { createParameters, disposeParameters } from '../core/network/parameters';
import { planNetwork, type NetworkPlan } from '../core/network/plan';
import { createRandom } from '../core/random';
import { annealedStrength } from '../core/search/constraints/penalty';
import type { Architecture, ArchitectureValues } from '../core/search/training/architecture';
import { Pit } from '../core/search/architectures/pit';
import { plainSoftmax, SuperNet } from '../core/search/architectures/supernet';
import type { StepFactory } from '../core/search/training/trainingStep';
import type { GoldenFile } from './goldenFile';

/** The values recorded in one step, under the reference file's names. */
interface StepRecord {
  readonly taskLoss: number;
  readonly regularization: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly arch: Readonly<Record<string, readonly number[]>>;
  readonly archGrad: Readonly<Record<string, readonly number[]>>;
}

/** How a search method is replayed. */
interface Method {
  /** PLiNIO's module path of an architecture parameter, given our name. */
  readonly path: (name: string) => string;
  create(plan: NetworkPlan, metrics: readonly Metric[], initial: ArchitectureValues): Architecture;
}

const methods: Readonly<Record<string, Method>> = {
  supernet: {
    path: (mixedOp) => `seed.${mixedOp}.sn_combiner.alpha`,
    create: (plan, metrics, initial) => {
      const table = costTable(plan, metrics);
      return new SuperNet(plan, table, { ...plainSoftmax, random: createRandom(0, 'gumbel') }, undefined, initial);
    },
  },
  pit: {
    path: (group) => `seed.${group}.out_features_masker.alpha`,
    create: (plan, metrics, initial) => new Pit(plan, metrics, plainSoftmax.temperature, initial),
  },
};

/**
 * Runs the file's training from the same start on the same batches, on the active backend.
 * @throws WorkbenchError `invalid-data` for an unknown method
 */
export async function replay(file: GoldenFile, createStep: StepFactory): Promise<StepRecord[]> {
  const method = methods[file.method];
  if (!method)
    throw new WorkbenchError('invalid-data', `method "${file.method}" cannot be replayed; there are ${Object.keys(methods).join(', ')}`);
  const plan = planNetwork(file.network);
  const ids = [...new Set([...file.metrics, ...file.constraints.map(({ metric }) => metric)])];
  const metrics = ids.map((id) => metricFor(id, gap8));
  const parameters = createParameters(plan, Object.fromEntries(Object.entries(file.init.weights)));
  const architecture = method.create(plan, metrics, startOf(file, method));
  const [steps, batchSize] = file.data.x.shape as [number, number];
  const step = await createStep({
    plan,
    parameters,
    architecture,
    loss: 'softmaxCrossEntropy',
    batchSize,
    optimizer: file.optimizer,
    archOptimizer: file.optimizer,
    weightDecay: 0,
    sets: [],
    randomSeed: () => 0,
  });

  const records: StepRecord[] = [];
  for (let index = 0; index < steps; index++) {
    const size = file.data.x.data.length / steps;
    const batch = {
      x: Float32Array.from(file.data.x.data.slice(index * size, (index + 1) * size)),
      labels: Int32Array.from(file.data.labels[index] as number[]),
    };
    const penalties = ids.map((id) => penaltyAt(file, id, file.epochOf[index] as number));
    const arch = await valuesOf(method, architecture.alphas);
    const archGradients = new Map<string, Tensor>();
    const { metrics: packed } = step.run(batch, { weightRate: file.lr, archRate: file.archLr, penalties }, (gradients) => {
      // The values are copied, since the step disposes its gradients before a GPU's could be read.
      for (const id of architecture.alphas.keys()) archGradients.set(id, keep((gradients.get(id) as Tensor).clone()));
    });
    const values = await packed.data();
    packed.dispose();
    const value = (name: string) => values[step.metricNames.indexOf(name)] as number;
    records.push({
      taskLoss: value('taskLoss'),
      regularization: value('penalty'),
      costs: Object.fromEntries(architecture.metrics.map((metric) => [metric, value(`cost/${metric}`)])),
      arch,
      archGrad: await valuesOf(method, archGradients),
    });
    for (const gradient of archGradients.values()) gradient.dispose();
  }
  step.dispose();
  architecture.dispose();
  disposeParameters(parameters);
  return records;
}

/** A metric without a constraint is computed, but adds no penalty. */
function penaltyAt({ constraints, epochs }: GoldenFile, id: MetricId, epoch: number) {
  const constraint = constraints.find(({ metric }) => metric === id);
  if (!constraint) return { target: 0, strength: 0 };
  return { target: constraint.target, strength: annealedStrength(constraint.finalStrength, epoch, epochs) };
}

/** The file's start values under our names. */
function startOf({ init, network }: GoldenFile, { path }: Method): ArchitectureValues {
  const names = new Map(network.layers.map(({ id }) => [path(id), id]));
  return Object.fromEntries(Object.entries(init.arch).map(([name, values]) => [names.get(name) ?? name, values]));
}

async function valuesOf({ path }: Method, tensors: ReadonlyMap<string, Tensor>): Promise<Record<string, readonly number[]>> {
  const entries = [...tensors].map(async ([id, value]) => [path(id), [...(await value.data())]] as const);
  return Object.fromEntries(await Promise.all(entries));
}

interface Deviation {
  readonly quantity: string;
  /** Largest relative deviation at the first step, and over all steps. */
  readonly first: number;
  readonly all: number;
}

/** Deviations per quantity as docs/parity.md defines them. */
export function deviations(file: GoldenFile, records: readonly StepRecord[]): Deviation[] {
  const quantities: Record<string, (expected: StepRecord, actual: StepRecord) => number> = {
    taskLoss: (expected, actual) => relative(actual.taskLoss, expected.taskLoss, Math.abs(expected.taskLoss)),
    regularization: (expected, actual) =>
      relative(actual.regularization, expected.regularization, Math.max(Math.abs(expected.regularization), 1e-6)),
    costs: (expected, actual) =>
      most(Object.entries(expected.costs).map(([metric, cost]) => relative(actual.costs[metric], cost, Math.abs(cost)))),
    arch: (expected, actual) => most(Object.entries(expected.arch).map(([name, values]) => archDeviation(actual.arch[name], values))),
    archGrad: (expected, actual) =>
      most(Object.entries(expected.archGrad).map(([name, values]) => gradientDeviation(actual.archGrad[name], values))),
  };
  return Object.entries(quantities).map(([quantity, deviation]) => {
    const perStep = file.expected.map((expected, index) => deviation(expected, records[index] as StepRecord));
    return { quantity, first: perStep[0] ?? NaN, all: most(perStep) };
  });
}

/** Relative deviation, which is infinite for a missing value or NaN. */
function relative(actual: number | undefined, expected: number, scale: number): number {
  const difference = Math.abs((actual ?? NaN) - expected);
  if (difference === 0) return 0;
  return Number.isNaN(difference) ? Infinity : difference / scale;
}

/** An architecture parameter near 0 is compared by its absolute deviation. */
function archDeviation(actual: readonly number[] | undefined, expected: readonly number[]): number {
  return most(
    expected.map((value, i) => (Math.abs((actual?.[i] ?? NaN) - value) <= 1e-5 ? 0 : relative(actual?.[i], value, Math.abs(value)))),
  );
}

/** A gradient's deviation is relative to its largest entry. */
function gradientDeviation(actual: readonly number[] | undefined, expected: readonly number[]): number {
  const scale = most(expected.map(Math.abs));
  return most(expected.map((value, i) => relative(actual?.[i], value, scale)));
}

function most(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
