/** Lowers a combine operation to WebGPU kernels, both ways. */
import { branchTable, coefficientRows, type BranchRow } from '../../kernels/combine/branches';
import {
  combineApply,
  combineStatistics,
  combineSums,
  sumsSize,
  type AppliedBranch,
  type CombineShape,
} from '../../kernels/combine/webgpu';
import { backApplyBuffers, combineBackApply, combineBackSums, combineGradients } from '../../kernels/combine/webgpuBack';
import type { Dispatch } from '../../kernels/wgsl';
import type { Branch, Combine } from './program';

/** What a combine operation needs from its surroundings. Places are in vectors of four, buffers by number. */
export interface Surroundings {
  readonly place: (parameter: string) => number;
  readonly holding: (label: string, contents: Int32Array | Float32Array) => number;
  readonly value: (index: number) => number;
  readonly sharesAt: (candidate: number) => number;
  readonly parameters: number;
  readonly running: number;
  readonly gradients: number;
  readonly weights: number;
  readonly shares: number;
  readonly sums: number;
  readonly storageBuffers: number;
}

/** What the way back takes over from the way forward. */
export interface LoweredCombine {
  readonly operation: Combine;
  readonly shape: CombineShape;
  readonly surroundings: Surroundings;
  readonly branches: readonly LoweredBranch[];
  readonly coefficients: number;
  /** Table of the branches with a batch norm or a weight. */
  readonly table: number;
  readonly dispatches: readonly Dispatch[];
}

interface LoweredBranch extends AppliedBranch {
  readonly branch: Branch;
  /** Where its sums start; null for a branch without batch norm and weight. */
  readonly sums: number | null;
}
type Summed = LoweredBranch & { readonly sums: number };

/** A branch whose coefficients depend on the batch or on a weight; those of others are written once. */
const varies = ({ norm, candidate }: Branch) => norm !== null || candidate !== null;

/** Room for the sums of a combine operation, in vectors of four. */
export function sumsRoom({ branches }: Combine, shape: CombineShape): number {
  return branches.filter(varies).length * sumsSize(shape);
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
  const { parameters, running, weights, storageBuffers } = surroundings;
  const partials = surroundings.sums;
  const output = surroundings.value(operation.output);
  const dispatches: Dispatch[] = [];
  const normalized = summed.filter(({ branch }) => branch.norm !== null);
  for (const chunk of chunks(normalized, storageBuffers - 1)) dispatches.push(combineSums(shape, chunk, partials));
  if (summed.length > 0)
    dispatches.push(combineStatistics(shape, summed.length, { partials, parameters, running, weights, table, coefficients }));
  const parts = chunks(branches, storageBuffers - 2);
  parts.forEach((chunk, index) =>
    dispatches.push(
      combineApply(shape, chunk, { accumulate: index > 0, relu: operation.relu && index === parts.length - 1 }, { coefficients, output }),
    ),
  );
  return { operation, shape, surroundings, branches, coefficients, table, dispatches };
}

/**
 * @param gradient number of the buffer with the output's gradient
 * @param gradientOf where a value's gradient goes, and whether something is there already; null when nobody needs it
 */
export function lowerCombineBack(
  { operation, shape, surroundings, branches, coefficients, table }: LoweredCombine,
  gradient: number,
  gradientOf: (value: number) => { readonly index: number; readonly accumulate: boolean } | null,
): Dispatch[] {
  const { relu } = operation;
  const { parameters, gradients, weights, shares, storageBuffers } = surroundings;
  const partials = surroundings.sums;
  const buffers = { gradient, ...(relu && { output: surroundings.value(operation.output) }), coefficients } as {
    gradient: number;
    output: number;
    coefficients: number;
  };
  const dispatches: Dispatch[] = [];
  const summed = branches.filter((branch): branch is Summed => branch.sums !== null);
  for (const chunk of chunks(summed, storageBuffers - (relu ? 4 : 3)))
    dispatches.push(combineBackSums(shape, chunk, relu, { ...buffers, partials }));
  if (summed.length > 0)
    dispatches.push(combineGradients(shape, summed.length, { partials, parameters, weights, table, coefficients, gradients, shares }));
  const wanted = branches.flatMap((branch) => {
    const to = gradientOf(branch.branch.input);
    return to ? [{ ...branch, result: to.index, accumulate: to.accumulate }] : [];
  });
  const most = Math.floor((storageBuffers - backApplyBuffers(0, relu)) / 2);
  const rounds: (typeof wanted)[] = [];
  for (const branch of wanted) {
    // What is read twice gets its second share from another kernel: no two results of one may be the same buffer.
    const free = rounds.find((round) => round.length < most && round.every(({ result }) => result !== branch.result));
    if (free) free.push(branch);
    else rounds.push([branch]);
  }
  for (const round of rounds) dispatches.push(combineBackApply(shape, round, relu, buffers));
  return dispatches;
}

function chunks<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) => items.slice(index * most, (index + 1) * most));
}

/** y = x and dx = g, until a kernel writes otherwise. */
function startCoefficients(branches: readonly LoweredBranch[], { channels4 }: CombineShape): Float32Array {
  const row = channels4 * 4;
  const all = new Float32Array(branches.length * coefficientRows.length * row);
  const ones: readonly (typeof coefficientRows)[number][] = ['scale', 'weightedScale', 'slope'];
  branches.forEach((_, branch) => {
    for (const name of ones) {
      const from = (branch * coefficientRows.length + coefficientRows.indexOf(name)) * row;
      all.fill(1, from, from + row);
    }
  });
  return all;
}

function branchRow({ branch: { norm, candidate }, coefficients, sums }: Summed, { place, sharesAt }: Surroundings): BranchRow {
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
    momentum: norm?.momentum ?? 0,
    epsilon: norm?.epsilon ?? 0,
  };
}
