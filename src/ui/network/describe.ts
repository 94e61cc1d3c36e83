import { say } from '../../core/language/say';
import type { LayerSummary } from '../../protocol/protocol';

/** A fixed layer in words. */
export function describe({ op, kernel, outputShape }: LayerSummary): string {
  switch (op) {
    case 'conv2d':
      return say('{size} conv.', { size: kernel?.join('×') ?? '' });
    case 'depthwiseConv2d':
      return say('{size} depthwise', { size: kernel?.join('×') ?? '' });
    case 'batchNorm':
      return say('batch norm');
    case 'relu':
      return 'ReLU';
    case 'add':
      return say('add');
    case 'globalAvgPool':
    case 'avgPool':
      return say('average pool');
    case 'maxPool':
      return say('max pool');
    case 'dense':
      return say('dense, {shape}', { shape: outputShape.join('×') });
    default:
      return op ?? '';
  }
}

export const layersText = (count: number): string => say('{count, plural, one {# layer} other {# layers}}', { count });
export const blocksText = (count: number): string => say('{count, plural, one {# block} other {# blocks}}', { count });
