/**
 * The cycle model of processors without a published one: a number of cycles per multiply-accumulate and per output value, by
 * kind of layer, and a fixed part. It is linear, so that a few measured networks are enough to fit it.
 */
import { unfoldedBatchNorm } from '../flashBytes';
import type { LayerRow } from '../layerTable';
import { weights } from '../params';
import { channels, costOf, term, type CostTerm } from '../terms';

/** A 1x1 convolution is a separate kind, since it copies no input window. */
export const layerKinds = ['conv2d', 'pointwise', 'depthwiseConv2d', 'dense'] as const;
export type LayerKind = (typeof layerKinds)[number];

export type ByKind = Readonly<Record<LayerKind, number>>;

export interface CycleModel {
  readonly cyclesPerMac: ByKind;
  readonly cyclesPerOutput: ByKind;
  /** Cycles of running any network at all. */
  readonly fixedCycles: number;
}

/** The work of a layer. */
interface LayerWork {
  readonly kind: LayerKind;
  /** Multiply-accumulates, biases left out. */
  readonly macs: number;
  /** Numbers written. */
  readonly outputs: number;
}

/** @throws WorkbenchError `invalid-network` for a batch norm that folds into no layer */
export function layerWork(row: LayerRow): LayerWork {
  const { kind, kernel, output, outChannels } = row;
  if (kind === 'batchNorm') throw unfoldedBatchNorm(row);
  const pixels = output[0] * output[1];
  const pointwise = kind === 'conv2d' && kernel[0] * kernel[1] === 1;
  return { kind: pointwise ? 'pointwise' : kind, macs: costOf(weights(row), row) * pixels, outputs: outChannels * pixels };
}

/** Cycles of a layer by a model. */
export function modelTerms({ cyclesPerMac, cyclesPerOutput }: CycleModel, row: LayerRow): CostTerm[] {
  const { kind } = layerWork(row);
  const pixels = row.output[0] * row.output[1];
  const macs = weights(row).map((own) => ({ ...own, constant: own.constant * pixels * binaryFraction(cyclesPerMac[kind]) }));
  return [...macs, term(pixels * binaryFraction(cyclesPerOutput[kind]), null, channels)];
}

/** Rounds to a multiple of 1/65536. Sums of such numbers are exact in any order, up to about 10^11 cycles. */
export function binaryFraction(value: number): number {
  return Math.round(value * 65536) / 65536;
}
