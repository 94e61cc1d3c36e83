/** Shapes and paddings of a convolution as its gradient kernels receive them from tfjs. */
import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

export type Shape4D = [number, number, number, number];
type Conv2DInfo = backend_util.Conv2DInfo;

/**
 * The geometry that tfjs computed for a convolution, from the attributes of one of its gradients.
 * @throws Error for channels-first data, dilations and uneven depthwise multipliers, which the composed gradients do not cover
 */
export function convolutionOf(
  attributes: NamedAttrMap,
  inputShape: readonly number[],
  filterShape: readonly number[],
  depthwise: boolean,
): Conv2DInfo {
  const { strides, pad, dimRoundingMode, dataFormat, dilations } = attributes as {
    strides: number | [number, number];
    pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
    dataFormat?: 'NHWC' | 'NCHW';
    dilations?: number | [number, number];
  };
  if (dataFormat === 'NCHW') throw new Error('convolution gradients here are for channels-last data');
  if (dilations !== undefined && [dilations].flat().some((dilation) => dilation !== 1))
    throw new Error('convolution gradients here are for a dilation of 1');
  if (depthwise && filterShape[3] !== 1) throw new Error('depthwise gradients here are for a channel multiplier of 1');
  return backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
    'channelsLast',
  );
}
