/** Lowers a combine operation to WebGPU kernels, both ways. */
import { branchTable, coefficientRows, type BranchRow } from '../../../kernels/combine/branches';
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

/** What a combine operation needs from its surroundings. Places are in vectors of four, buffers by number. */
export interface Surroundings {
  readonly place: (parameter: string) => number;
  readonly holding: (label: string, contents: Int32Array | Float32Array) => number;
  readonly value: (index: number) => number;
  readonly sharesAt: (candidate: number) => number;
  /** Where a mask lies among the weights, and its gradient among the shares, in numbers. */
  readonly maskAt: (path: string) => number;
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  readonly weights: number;
  readonly shares: number;
  readonly sums: number;
  readonly storageBuffers: number;
  /** What batch norms normalise by. */
  readonly statistics: 'batch' | 'running';
}

/** What the way back takes over from the way forward. */
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
  /** Where its sums start; null for a branch without batch norm, mask and weight. */
  readonly sums: number | null;
}
type Summed = LoweredBranch & { readonly sums: number };

/** A branch whose coefficients depend on the batch or on factors; those of others are written once. */
const varies = ({ norm, mask, candidate }: Branch) => norm !== null || mask !== null || candidate !== null;

/** Room for the sums of a combine operation, and of one branch that adds nothing, in vectors of four. */
export function sumsRoom({ branches }: Combine, shape: CombineShape): number {
  return (branches.filter(varies).length + 1) * sumsSize(shape);
}

export function lowerCombine(operation: Combine, shape: CombineShape, surroundings: Surroundings): LoweredCombine {
  let sums = 0;
  const branches = operation.branches.map((branch, index) => ({
    branch,
    input: surroundings.value(branch.input),
    coefficients: index * coefficientRows.length * shape.channels4,
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
 * @param inputs per branch where its input's gradient goes, and whether something is there already; null when nobody needs it
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
  // Two per branch, beside gradient, output and coefficients.
  const together = Math.min(most, Math.floor((storageBuffers - 3) / 2));
  const rounds: (typeof wanted)[] = [];
  for (const branch of wanted) {
    // What is read twice gets its second share from another kernel: no two results of one may be the same buffer.
    const free = rounds.find((round) => round.length < together && round.every(({ result }) => result !== branch.result));
    if (free) free.push(branch);
    else rounds.push([branch]);
  }
  for (const round of rounds) dispatches.push(combineBackApply(shape, round, buffers));
  return dispatches;
}

/** A branch that adds nothing, with room of its own at the end of the coefficients and of the sums: it reads what another one does. */
function nothingLike(branches: readonly LoweredBranch[], shape: CombineShape) {
  const coefficients = branches.length * coefficientRows.length * shape.channels4;
  const sums = branches.filter((branch) => branch.sums !== null).length * sumsSize(shape);
  return <Like extends AppliedBranch>(like: Like): Like => ({ ...like, coefficients, sums, relu: false });
}

/** y = x and dx = g, until a kernel writes otherwise; zeros at the end, for what adds nothing. */
function startCoefficients(branches: readonly LoweredBranch[], { channels4 }: CombineShape): Float32Array {
  const row = channels4 * 4;
  const all = new Float32Array((branches.length + 1) * coefficientRows.length * row);
  const ones: readonly (typeof coefficientRows)[number][] = ['scale', 'weightedScale', 'slope'];
  branches.forEach((_, branch) => {
    for (const name of ones) {
      const from = (branch * coefficientRows.length + coefficientRows.indexOf(name)) * row;
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
