import { batchNorm, conv, depthwise, relu } from './builders';
import type { Candidate } from './network';

/**
 * The candidates that the paper offers for a convolution block. Source: eml-eda/multi-constraint-nas (models.py).
 * @param withRelu whether each ends in a ReLU
 * @param withSkip whether the block may also be left out
 */
export function paperCandidates(filters: number, stride: number, withRelu: boolean, withSkip: boolean): Candidate[] {
  const end = withRelu ? [batchNorm, relu] : [batchNorm];
  const offered: Candidate[] = [
    { name: 'conv3x3', layers: [conv(filters, 3, stride), ...end] },
    { name: 'conv5x5', layers: [conv(filters, 5, stride), ...end] },
    { name: 'dsconv3x3', layers: [depthwise(3, stride), batchNorm, relu, conv(filters, 1), ...end] },
  ];
  return withSkip ? [...offered, { name: 'identity', layers: [{ op: 'identity' }] }] : offered;
}
