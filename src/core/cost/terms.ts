/**
 * How metrics say what a layer costs: as a sum of products of a constant, something of the input channels and something of
 * the output channels. Being data, one formulation serves both whole channels (evaluated here) and the continuous ones of
 * a mask search (evaluated in continuousCosts.ts, with gradients).
 */
import { blocks } from './rounding';

/** `times` channels, in blocks of `block` where a device works on so many at once. */
export interface ChannelFactor {
  readonly times: number;
  readonly block: number | null;
}

/** One product: constant * of the input channels * of the output channels; a factor that is null is 1. */
export interface CostTerm {
  readonly constant: number;
  readonly of: { readonly inputs: ChannelFactor | null; readonly outputs: ChannelFactor | null };
}

/** As many as there are channels. */
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
