/**
 * The form in which metrics give a layer's cost: a sum of products of a constant, a factor of the input channels and a factor of
 * the output channels. Since terms are data, they can be evaluated for whole channels (here) and for the continuous ones of
 * channel search (in continuousCosts.ts, with gradients).
 */
import { blocks } from './rounding';

/** `times` channels, counted in blocks of `block` when a device works on that many at once. */
export interface ChannelFactor {
  readonly times: number;
  readonly block: number | null;
}

/** One product: constant * of the input channels * of the output channels; a factor that is null is 1. */
export interface CostTerm {
  readonly constant: number;
  readonly of: { readonly inputs: ChannelFactor | null; readonly outputs: ChannelFactor | null };
}

/** A factor equal to the number of channels. */
export const channels: ChannelFactor = { times: 1, block: null };

/** Blocks of n that cover `times` channels. */
export const blocksOf = (block: number, times = 1): ChannelFactor => ({ times, block });

export function term(constant: number, inputs: ChannelFactor | null, outputs: ChannelFactor | null): CostTerm {
  return { constant, of: { inputs, outputs } };
}

/** The sum for whole numbers of channels. */
export function costOf(terms: readonly CostTerm[], { inChannels, outChannels }: { inChannels: number; outChannels: number }): number {
  return terms.reduce((total, { constant, of }) => total + constant * factor(of.inputs, inChannels) * factor(of.outputs, outChannels), 0);
}

function factor(of: ChannelFactor | null, count: number): number {
  if (!of) return 1;
  return of.block === null ? of.times * count : blocks(of.times * count, of.block);
}
