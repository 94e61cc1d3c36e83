/** Lowers a search's own part of a training step to two WebGPU kernels: one before the network's, one after its gradients. */
import { sayLater } from '../../../core/language/told';
import { LEAST_VARIANCE, type Architecture, type CandidateWeights, type ChannelMasks } from '../../../core/search/training/architecture';
import { THRESHOLD } from '../../../core/search/architectures/channelFit';
import type { ArchOptimizer, StepControls } from '../../../core/search/training/trainingStep';
import { architectureRows, control, type ArchitectureBuffers } from '../../../kernels/architecture/webgpu';
import { candidatesBackward, candidatesForward, candidatesScratch, candidatesTable } from '../../../kernels/candidateWeights/webgpu';
import {
  channelsBackward,
  channelsForward,
  channelsNumbers,
  channelsScratch,
  channelsTable,
  type RowNumbers,
} from '../../../kernels/channelMasks/webgpu';
import { PENALTY_NUMBERS } from '../../../kernels/penalty/webgpu';
import type { Dispatch } from '../../../kernels/wgsl';
import { NotCovered } from '../program';
import type { Layout } from './layout';
import type { MaskPlace } from './recording';

/** What the kernels of a search need besides the layout. Buffers are given by number. */
interface ArchitectureSurroundings extends Pick<ArchitectureBuffers, 'controls' | 'metrics'> {
  readonly layout: Layout;
}

interface LoweredArchitecture {
  /** Number of the buffer that holds the rows of the parameters. */
  readonly architecture: number;
  readonly forward: Dispatch;
  readonly backward: Dispatch;
}

/** How many architecture parameters there are. */
export function architectureSize({ alphas }: Architecture): number {
  return [...alphas.values()].reduce((total, { size }) => total + size, 0);
}

/** Length of a step's controls, in numbers. */
export function controlsSize(architecture: Architecture | null): number {
  if (!architecture) return control.penalties;
  return control.penalties + PENALTY_NUMBERS * architecture.metrics.length + architectureSize(architecture);
}

/** @throws NotCovered for a search without kernels */
export function lowerArchitecture(
  architecture: Architecture,
  optimizer: ArchOptimizer,
  surroundings: ArchitectureSurroundings,
): LoweredArchitecture {
  const { layout, controls, metrics } = surroundings;
  const own = layout.buffer('architecture', architectureRows.count * architectureSize(architecture));
  const shared = { architecture: own, factors: layout.weights, shares: layout.shares, controls, metrics };
  switch (architecture.formula?.kind) {
    case 'candidates':
      return lowerCandidates(architecture, architecture.formula, optimizer, layout, shared);
    case 'channels':
      return lowerChannels(architecture, architecture.formula, optimizer, layout, shared);
    default:
      throw new NotCovered(sayLater('this search'));
  }
}

type Shared = Omit<ArchitectureBuffers, 'table' | 'numbers' | 'scratch'>;

function lowerCandidates(
  { factors, metrics }: Architecture,
  { combine, fixed, costs, icv }: CandidateWeights,
  optimizer: ArchOptimizer,
  layout: Layout,
  shared: Shared,
): LoweredArchitecture {
  const shape = {
    mixedOps: factors.candidates.length,
    parameters: costs.length,
    metrics: metrics.length,
    variation: icv,
    leastVariance: LEAST_VARIANCE,
  };
  const rows = fixed.flatMap((cost, metric) => [cost, ...costs.map((all) => all[metric] as number)]);
  const largest = combine.map((how) => how === 'max');
  const buffers = {
    ...shared,
    table: layout.holding(
      'candidates',
      candidatesTable(rangesOf(factors.candidates.map(({ count }) => count)), layout.shareRanges, largest),
    ),
    numbers: layout.holding('costs of candidates', Float32Array.from(rows)),
    scratch: layout.buffer('weights of candidates', candidatesScratch(shape)),
  };
  return {
    architecture: shared.architecture,
    forward: candidatesForward(shape, buffers),
    backward: candidatesBackward(shape, optimizer, buffers),
  };
}

function lowerChannels(
  { groups, metrics }: Architecture,
  { costs: costRows, places }: ChannelMasks,
  optimizer: ArchOptimizer,
  layout: Layout,
  shared: Shared,
): LoweredArchitecture {
  const ranges = rangesOf(groups.map(({ channels }) => channels));
  const groupOf = groups.flatMap(({ channels }, group) => new Array<number>(channels).fill(group));
  const products = costRows.flatMap((row) => row.products);
  const steps = costRows.flatMap((row) => row.steps);
  const rows = [...products.map(({ inputs }) => inputs), ...products.map(({ outputs }) => outputs), ...steps].map(
    ({ constant, block, shares }): RowNumbers => [constant, block, ...groups.map(({ id }) => shares.get(id) ?? 0)],
  );
  const productRanges = rangesOf(costRows.map((row) => row.products.length));
  const stepRanges = rangesOf(costRows.map((row) => row.steps.length));
  const channelOf = channelsOfFactors(layout.masks, (path, number) => {
    const { id } = places.get(path) as { id: string };
    const [first, last] = ranges[groups.findIndex((group) => group.id === id)] as [number, number];
    return first + (number % (last - first));
  });
  const shape = {
    groups: groups.length,
    parameters: groupOf.length,
    factors: channelOf.length,
    metrics: metrics.length,
    products: products.length,
    steps: steps.length,
    threshold: THRESHOLD,
  };
  const table = channelsTable({
    groups: ranges,
    groupOf,
    channelOf,
    metrics: metrics.map((_, index) => [...(productRanges[index] as [number, number]), ...(stepRanges[index] as [number, number])]),
  });
  const numbers = channelsNumbers({
    rows,
    productConstants: products.map(({ constant }) => constant),
    fixed: costRows.map(({ fixed }) => fixed),
    free: groupOf.map((group, channel) => (channel === (ranges[group] as [number, number])[1] - 1 ? 0 : 1)),
  });
  const buffers = {
    ...shared,
    table: layout.holding('channels', table),
    numbers: layout.holding('costs of channels', numbers),
    scratch: layout.buffer('numbers of channels', channelsScratch(shape)),
  };
  return {
    architecture: shared.architecture,
    forward: channelsForward(shape, buffers),
    backward: channelsBackward(shape, optimizer, buffers),
  };
}

/** The channel of each number of the masks, -1 in the gaps between masks. */
function channelsOfFactors(masks: ReadonlyMap<string, MaskPlace>, channelOf: (path: string, number: number) => number): number[] {
  const end = Math.max(0, ...[...masks.values()].map(({ at, channels }) => at + channels));
  const all = new Array<number>(end).fill(-1);
  for (const [path, { at, channels }] of masks)
    for (let number = 0; number < channels; number++) all[at + number] = channelOf(path, number);
  return all;
}

/** First and last (exclusive) of consecutive ranges of these lengths. */
function rangesOf(lengths: readonly number[]): [number, number][] {
  let at = 0;
  return lengths.map((length) => [at, (at += length)]);
}

/** Updates the controls of a search's kernels, except for the rates. */
export function setArchitectureControls(controls: Float32Array, architecture: Architecture, { penalties }: StepControls): void {
  controls[control.bound] = architecture.bound ?? 0;
  architecture.metrics.forEach((_, index) => {
    const { strength = 0, target = 0, floor = 0 } = penalties[index] ?? {};
    controls.set([strength, target, floor], control.penalties + PENALTY_NUMBERS * index);
  });
  const { formula } = architecture;
  controls[control.temperature] = formula?.temperature() ?? 1;
  if (formula?.kind !== 'candidates') return;
  controls[control.hard] = Number(formula.hard());
  const noise = formula.noise();
  if (noise) controls.set(noise.flat(), control.penalties + PENALTY_NUMBERS * architecture.metrics.length);
}
