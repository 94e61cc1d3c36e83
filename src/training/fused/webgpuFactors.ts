/** The factors of a search on WebGPU: how they lie in the kernels' buffer, and how their gradient comes out of what kernels leave. */
import { concat, matMul, pad, reshape, slice, tensor2d, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Architecture, ArchitecturePass } from '../../core/search/architecture';
import { SuperNet } from '../../core/search/supernet';
import { padded } from './paddedLayout';
import type { Recording } from './webgpuLowering';

export interface WebgpuFactors {
  /** In the order and with the gaps of the buffer; differentiable. */
  of(pass: ArchitecturePass): Tensor1D;
  /** @param shares everything in the buffer of that name */
  gradient(shares: Tensor1D): Tensor1D;
  dispose(): void;
}

export function webgpuFactors(architecture: Architecture, recording: Recording): WebgpuFactors {
  return architecture instanceof SuperNet ? candidateWeights(architecture, recording) : channelMasks(recording);
}

/** A candidate's gradient is the sum of its shares. */
function candidateWeights({ mixedOps }: SuperNet, { shareRanges, shares, buffers }: Recording): WebgpuFactors {
  const length = buffers[shares]?.words as number;
  const belongs = new Float32Array(length * shareRanges.length);
  shareRanges.forEach(([first, last], candidate) => {
    for (let share = first; share < last; share++) belongs[share * shareRanges.length + candidate] = 1;
  });
  const sums = tensor2d(belongs, [length, shareRanges.length]);
  return {
    of: ({ forward }) => concat(mixedOps.map(({ id }) => forward.mixing(id))),
    gradient: (all) => reshape(matMul(reshape(all, [1, length]), sums), [-1]),
    dispose: () => sums.dispose(),
  };
}

function channelMasks({ masks }: Recording): WebgpuFactors {
  const places = [...masks];
  const length = places.reduce((total, [, { channels }]) => total + padded(channels), 0);
  return {
    of: ({ forward }) =>
      concat(places.map(([path, { channels }]) => pad(forward.mask?.(path) as Tensor1D, [[0, padded(channels) - channels]]))),
    gradient: (all) => slice(all, [0], [length]),
    dispose() {},
  };
}
