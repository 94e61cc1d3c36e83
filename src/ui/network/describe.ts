import type { LayerSummary } from '../../protocol/protocol';

/** A fixed layer in words. */
export function describe({ op, kernel, outputShape }: LayerSummary): string {
  switch (op) {
    case 'conv2d':
      return `${kernel?.join('×')} conv.`;
    case 'depthwiseConv2d':
      return `${kernel?.join('×')} depthwise`;
    case 'batchNorm':
      return 'batch norm';
    case 'relu':
      return 'ReLU';
    case 'add':
      return 'add';
    case 'globalAvgPool':
    case 'avgPool':
      return 'average pool';
    case 'maxPool':
      return 'max pool';
    case 'dense':
      return `dense, ${outputShape.join('×')}`;
    default:
      return op ?? '';
  }
}

/** "1 layer", "2 layers". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
