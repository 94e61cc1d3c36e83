/** Lowers a combine operation to WebGPU kernels, forward and backward. */
import { branchTable, type BranchRow, type CoefficientRow } from '../../../kernels/combine/branches';
import { Coefficient } from '../../../kernels/combine/fields';
import {
  combineApply,
  combineStatistics,
  combineSums,
  dealBranches,
  sumsSize,
  type AppliedBranch,
  type CombineShape,
} from '../../../kernels/combine/webgpu';
import { combineBackApply, combineBackSums, combineGradients } from '../../../kernels/combine/webgpuBack';
import type { Dispatch } from '../../../kernels/wgsl';
import type { Branch, Combine } from '../program';

/** What a combine operation needs from the rest of the step. Positions are in vectors of four, buffers by number. */
interface Surroundings {
  readonly place: (parameter: string) => number;
  readonly holding: (label: string, contents: Int32Array | Float32Array) => number;
  readonly value: (index: number) => number;
  readonly sharesAt: (candidate: number) => number;
  /** Position of a mask among the weights, and of its gradient among the shares, in numbers. */
  readonly maskAt: (path: string) => number;
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  readonly weights: number;
  readonly shares: number;
  readonly sums: number;
  readonly storageBuffers: number;
  /** The statistics that batch norms normalise by. */
  readonly statistics: 'batch' | 'running';
}

/** Carried over from the forward pass to the backward pass. */
export interface LoweredCombine {
  readonly operation: Combine;
  readonly shape: CombineShape;
  readonly surroundings: Surroundings;
  readonly branches: readonly LoweredBranch[];
  readonly coefficients: number;
  /** Table of the branches with a batch norm, a mask or a weight. */
  readonly table: number;
  readonly dispatches: readonly Dispatch[];
}

interface LoweredBranch extends AppliedBranch {
  readonly branch: Branch;
  /** Position of its sums; null for a branch without batch norm, mask and weight. */
  readonly sums: number | null;
}
type Summed = LoweredBranch & { readonly sums: number };

/** Whether a branch's coefficients depend on the batch or on factors; those of others are written once. */
const varies = ({ norm, mask, candidate }: Branch) => norm !== null || mask !== null || candidate !== null;

/** Room for the sums of a combine operation and of one branch that contributes nothing, in vectors of four. */
export function sumsRoom({ branches }: Combine, shape: CombineShape): number {
  return (branches.filter(varies).length + 1) * sumsSize(shape);
}

export function lowerCombine(operation: Combine, shape: CombineShape, surroundings: Surroundings): LoweredCombine {
  let sums = 0;
  const branches = operation.branches.map((branch, index) => ({
    branch,
    input: surroundings.value(branch.input),
    coefficients: index * Coefficient.count * shape.channels4,
    relu: branch.relu,
    sums: varies(branch) ? (sums += sumsSize(shape)) - sumsSize(shape) : null,
  }));
  const summed = branches.filter((branch): branch is Summed => branch.sums !== null);
  const coefficients = surroundings.holding('coefficients', startCoefficients(branches, shape));
  const rows = summed.map((branch) => branchRow(branch, surroundings));
  const table = surroundings.holding('branches', branchTable(rows));
  const { parameters, running, weights, storageBuffers, statistics } = surroundings;
  const partials = surroundings.sums;
  const output = surroundings.value(operation.output);
  const dispatches: Dispatch[] = [];
  const normalized = summed.filter(({ branch }) => branch.norm !== null);
  const nothing = nothingLike(branches, shape);
  const { branches: most } = shape.tiles;
  for (const dealt of statistics === 'running' ? [] : dealBranches(normalized, nothing, { branches: most, storageBuffers, others: 1 }))
    dispatches.push(combineSums(shape, dealt, partials));
  if (summed.length > 0)
    dispatches.push(combineStatistics(shape, summed.length, statistics, { partials, parameters, running, weights, table, coefficients }));
  const parts = dealBranches<AppliedBranch>(branches, nothing, { branches: most, storageBuffers, others: 2 });
  parts.forEach((dealt, index) => {
    const how = { accumulate: index > 0, relu: operation.relu && index === parts.length - 1 };
    dispatches.push(combineApply(shape, dealt, how, { coefficients, output }));
  });
  return { operation, shape, surroundings, branches, coefficients, table, dispatches };
}

/**
 * @param gradient number of the buffer with the output's gradient
 * @param inputs per branch the target of its input's gradient, and whether it already holds a share; null when nothing needs it
 */
export function lowerCombineBack(
  { operation, shape, surroundings, branches, coefficients, table }: LoweredCombine,
  gradient: number,
  inputs: readonly ({ readonly index: number; readonly accumulate: boolean } | null)[],
): Dispatch[] {
  const { parameters, gradients, weights, shares, storageBuffers } = surroundings;
  const partials = surroundings.sums;
  const buffers = { gradient, output: operation.relu ? surroundings.value(operation.output) : null, coefficients };
  const dispatches: Dispatch[] = [];
  const summed = branches.filter((branch): branch is Summed => branch.sums !== null);
  const { branches: most } = shape.tiles;
  for (const dealt of dealBranches<AppliedBranch & { readonly sums: number }>(summed, nothingLike(branches, shape), {
    branches: most,
    storageBuffers,
    others: 4,
  }))
    dispatches.push(combineBackSums(shape, dealt, { ...buffers, partials }));
  if (summed.length > 0)
    dispatches.push(combineGradients(shape, summed.length, { partials, parameters, weights, table, coefficients, gradients, shares }));
  const wanted = branches.flatMap((branch, at) => {
    const to = inputs[at];
    return to ? [{ ...branch, result: to.index, accumulate: to.accumulate }] : [];
  });
  // Each branch takes two buffers, beside gradient, output and coefficients.
  const together = Math.min(most, Math.floor((storageBuffers - 3) / 2));
  const rounds: (typeof wanted)[] = [];
  for (const branch of wanted) {
    // If two branches read the same value, separate kernels add their shares: one kernel may not write to a buffer twice.
    const free = rounds.find((round) => round.length < together && round.every(({ result }) => result !== branch.result));
    if (free) free.push(branch);
    else rounds.push([branch]);
  }
  for (const round of rounds) dispatches.push(combineBackApply(shape, round, buffers));
  return dispatches;
}

/** A branch that contributes nothing. It reads another branch's input, and has room of its own after all coefficients and sums. */
function nothingLike(branches: readonly LoweredBranch[], shape: CombineShape) {
  const coefficients = branches.length * Coefficient.count * shape.channels4;
  const sums = branches.filter((branch) => branch.sums !== null).length * sumsSize(shape);
  return <Like extends AppliedBranch>(like: Like): Like => ({ ...like, coefficients, sums, relu: false });
}

/** y = x and dx = g until a kernel overwrites them; the zeros at the end serve the branch that contributes nothing. */
function startCoefficients(branches: readonly LoweredBranch[], { channels4 }: CombineShape): Float32Array {
  const row = channels4 * 4;
  const all = new Float32Array((branches.length + 1) * Coefficient.count * row);
  const ones: readonly CoefficientRow[] = ['scale', 'weightedScale', 'slope'];
  branches.forEach((_, branch) => {
    for (const name of ones) {
      const from = (branch * Coefficient.count + Coefficient[name]) * row;
      all.fill(1, from, from + row);
    }
  });
  return all;
}

function branchRow(
  { branch: { norm, mask, candidate }, coefficients, sums }: Summed,
  { place, sharesAt, maskAt }: Surroundings,
): BranchRow {
  const at = (name: string) => (norm ? place(`${norm.path}/${name}`) : 0);
  return {
    normalized: Number(norm !== null),
    coefficientsAt: coefficients,
    sumsAt: sums,
    gammaAt: at('gamma'),
    betaAt: at('beta'),
    movingMeanAt: at('movingMean'),
    movingVarianceAt: at('movingVariance'),
    candidate: candidate ?? -1,
    sharesAt: candidate === null ? 0 : sharesAt(candidate),
    maskAt: mask === null ? -1 : maskAt(mask),
    maskGradientAt: mask === null ? -1 : maskAt(mask),
    momentum: norm?.momentum ?? 0,
    epsilon: norm?.epsilon ?? 0,
  };
}
