/** Trains a few steps with any training step, and compares the outcomes. */
import { keep, memory, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { costTable } from '../../src/core/cost/costTable';
import { gap8 } from '../../src/core/cost/devices/gap8';
import { metricFor, type Metric, type MetricId } from '../../src/core/cost/metrics';
import type { BatchSource } from '../../src/core/data/batches';
import type { Network } from '../../src/core/network/network';
import { createParameters, disposeParameters, initialWeights } from '../../src/core/network/parameters';
import { planNetwork, type NetworkPlan } from '../../src/core/network/plan';
import { createRandom, type Random } from '../../src/core/random';
import type { Architecture } from '../../src/core/search/training/architecture';
import type { Costs } from '../../src/core/cost/metrics';
import type { OptimizerKind } from '../../src/core/config/searchConfig';
import type { Excess } from '../../src/core/config/searchConfig';
import { plainSoftmax, SuperNet } from '../../src/core/search/architectures/supernet';
import type { StepControls, StepFactory } from '../../src/core/search/training/trainingStep';
import { normals } from './numbers';
import { numbersIn } from '../../src/core/ops/shape';

/** The outcome of a few training steps. */
export interface Outcome {
  readonly optimizer: OptimizerKind;
  readonly metrics: readonly number[][];
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly values: ReadonlyMap<string, Float32Array>;
}

export interface TrainOptions {
  readonly steps?: number;
  readonly batchSize?: number;
  readonly optimizer?: OptimizerKind;
  readonly loss?: string;
  /** The metrics in the penalty, if there is something to search. */
  readonly metrics?: readonly MetricId[];
  /** Makes the architecture; by default a plain softmax over candidates, if there are any. */
  readonly search?: (space: SearchedSpace) => Architecture;
  readonly excess?: Excess;
  /** The batches to train on; random numbers by default. */
  readonly batches?: BatchSource;
  /** Controls that change from step to step. */
  readonly rates?: (step: number) => Partial<StepControls>;
}

export interface SearchedSpace {
  readonly plan: NetworkPlan;
  readonly metrics: readonly Metric[];
  readonly random: Random;
}

/** Trains a few steps from the same start on the same examples. */
export async function train(
  network: Network,
  factory: StepFactory,
  {
    steps = 2,
    batchSize = 5,
    optimizer = 'sgd',
    loss = 'softmaxCrossEntropy',
    metrics: ids = ['params', 'macs'],
    search,
    excess = 'above',
    batches,
    rates,
  }: TrainOptions = {},
): Promise<Outcome> {
  const plan = planNetwork(network);
  const random = createRandom(3, 'fused');
  const parameters = createParameters(plan, initialWeights(plan, random));
  for (const [name, variable] of parameters)
    if (/(gamma|beta|bias)$/.test(name))
      tidy(() =>
        variable.assign(
          tensor(
            Float32Array.from({ length: variable.size }, () => 0.5 + 0.3 * random.normal()),
            variable.shape,
          ),
        ),
      );
  const mixed = network.layers.some(({ op }) => op === 'mixedOp');
  const metrics = ids.map((id) => metricFor(id, gap8));
  const seeds = createRandom(5, 'dropout');
  const space = { plan, metrics, random: createRandom(4, 'architecture') };
  const architecture = (search ?? (mixed ? plainSearch : null))?.(space) ?? null;
  const step = await factory({
    plan,
    parameters,
    architecture,
    loss,
    batchSize,
    optimizer,
    archOptimizer: optimizer === 'momentum' ? 'adam' : optimizer,
    weightDecay: 1e-2,
    sets: batches?.sets ?? [],
    randomSeed: () => seeds.integer(2 ** 31),
  });
  const controls: StepControls = {
    weightRate: 1e-2,
    archRate: 1e-2,
    penalties: penaltiesFor(architecture, excess, await architecture?.readCosts()),
  };
  const size = numbersIn(network.input);
  const starts = await readAll([...(architecture?.alphas ?? [])]);
  const rows: number[][] = [];
  const tensors: number[] = [];
  let gradients = new Map<string, Float32Array>();
  for (let index = 0; index < steps; index++) {
    const batch = batches?.next() ?? {
      x: normals(batchSize * size, 10 + index),
      labels: Int32Array.from({ length: batchSize }, (_, n) => (n + index) % 5),
    };
    const copies: (readonly [string, Tensor])[] = [];
    const look = (all: ReadonlyMap<string, Tensor>) =>
      void copies.push(...[...all].map(([name, value]) => [name, keep(value.clone())] as const));
    const { metrics: packed } = step.run(batch, { ...controls, ...rates?.(index) }, index === 0 ? look : undefined);
    if (index === 0) gradients = await readAll(copies);
    for (const [, copy] of copies) copy.dispose();
    const row = [...(await packed.data())];
    if (index === 0 && architecture) expectReported(row.slice(step.metricNames.length), architecture, gradients, starts);
    rows.push(row);
    packed.dispose();
    tensors.push(memory().numTensors);
  }
  // When rates take turns, the first step of each optimizer adds tensors for its moments, and so does each candidate's first turn.
  const settled = architecture?.singlePath ? steps - 1 : rates ? 1 : 0;
  expect(new Set(tensors.slice(settled)).size, 'numbers of tensors after each step').toBeLessThanOrEqual(1);
  step.settle();
  const values = await readAll([...parameters, ...(architecture?.alphas ?? [])]);
  step.dispose();
  architecture?.dispose();
  disposeParameters(parameters);
  return { optimizer, metrics: rows, gradients, values };
}

/** Asserts that a step reports the gradient that it moves by: each candidate's, and of channels the mean by |alpha| over each group. */
function expectReported(
  tail: readonly number[],
  { groups, pulled }: Architecture,
  gradients: ReadonlyMap<string, Float32Array>,
  starts: ReadonlyMap<string, Float32Array>,
): void {
  const own = [...starts].map(([id, start]) => [...(gradients.get(id) ?? new Float32Array(start.length))]);
  const byImportance = (slopes: readonly number[], group: number) => {
    const start = [...starts.values()][group] as Float32Array;
    const free = slopes.slice(0, -1).map((slope, channel) => ((start[channel] as number) > 0 ? slope : -slope));
    return free.reduce((sum, slope) => sum + slope, 0) / Math.max(1, free.length);
  };
  expect(tail).toHaveLength(pulled.length);
  expect(difference(tail, groups.length > 0 ? own.map(byImportance) : own.flat()), 'the reported gradient').toBeLessThan(2e-4);
}

/** The parameters that candidates start with in tests, by mixed operation. */
export const unevenStart = { m: [0.3, -0.2, 0.5, 0.1], n: [0.2, -0.4] };

function plainSearch({ plan, metrics, random }: SearchedSpace): Architecture {
  return new SuperNet(plan, costTable(plan, metrics), { ...plainSoftmax, random }, undefined, unevenStart);
}

/**
 * Every other metric is over its target, the others are under it by the same factor; each weighs about as much as the task loss.
 */
function penaltiesFor(architecture: Architecture | null, excess: Excess, costs: Costs = {}): StepControls['penalties'] {
  return (architecture?.metrics ?? []).map((id, index) => {
    const cost = costs[id] as number;
    const target = index % 2 === 0 ? cost / 2 : cost * 2;
    return { strength: 2 / cost, target, ...(excess !== 'above' && { floor: 0.8 * target }) };
  });
}

/** Values of tensors by name. */
export async function readAll(tensors: readonly (readonly [string, Tensor])[]): Promise<Map<string, Float32Array>> {
  return new Map(await Promise.all(tensors.map(async ([name, value]) => [name, (await value.data()) as Float32Array] as const)));
}

/** Largest difference, relative to the largest of the expected numbers. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  return Array.from(expected).reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] as number)) / scale), 0);
}

/** Largest accepted differences, relative to the largest of the numbers that are compared together. */
interface Tolerances {
  readonly metrics: number;
  readonly gradients: number;
  /** Running statistics at the end. */
  readonly statistics: number;
  /** Weights and architecture parameters at the end. */
  readonly trained: number;
}

/** Adam divides by the gradient's own size, so rounding errors of a gradient near 0 show in the trained values. */
const rounding: Readonly<Record<OptimizerKind, Tolerances>> = {
  sgd: { metrics: 2e-5, gradients: 2e-4, statistics: 1e-4, trained: 1e-4 },
  momentum: { metrics: 2e-5, gradients: 2e-4, statistics: 1e-4, trained: 1e-4 },
  adam: { metrics: 2e-5, gradients: 2e-4, statistics: 1e-4, trained: 5e-2 },
};

/** Asserts that two steps agree except for rounding: in every metric of every step, every gradient, and every final value. */
export function expectSame(actual: Outcome, expected: Outcome, tolerances = rounding[expected.optimizer]): void {
  const compare = (
    what: string,
    ours: ReadonlyMap<string, ArrayLike<number>>,
    theirs: typeof ours,
    tolerance: (name: string) => number,
  ) => {
    expect([...ours.keys()].toSorted(), what).toEqual([...theirs.keys()].toSorted());
    for (const [name, values] of theirs)
      expect(difference(ours.get(name) as ArrayLike<number>, values), `${what} ${name}`).toBeLessThan(tolerance(name));
  };
  const byStep = ({ metrics }: Outcome) => new Map(metrics.map((row, index) => [String(index), row]));
  compare('metrics of step', byStep(actual), byStep(expected), () => tolerances.metrics);
  compare('gradient of', actual.gradients, expected.gradients, () => tolerances.gradients);
  compare('at the end', actual.values, expected.values, (name) => (/moving\w+$/.test(name) ? tolerances.statistics : tolerances.trained));
}
