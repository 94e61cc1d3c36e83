import { add, depthwiseConv2d as tfDepthwiseConv2d, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { asImage, only, type Operation } from './operation';
import { padding, pair, heightAndWidth, slide, tfPadding } from './window';

const schema = v.strictObject({
  op: v.literal('depthwiseConv2d'),
  kernel: pair,
  stride: pair,
  padding,
  bias: v.boolean(),
});

type DepthwiseConv2d = v.InferOutput<typeof schema>;

/** Convolution of every channel with a filter of its own; kernel [height, width, channels, 1]. */
export const depthwiseConv2d: Operation<DepthwiseConv2d> = {
  op: 'depthwiseConv2d',
  schema,
  inputs: 'one',
  channels: 'kept',
  outputShape({ kernel, stride, padding }, inputs) {
    const channels = asImage('depthwiseConv2d', only(inputs))[2];
    return [...slide('depthwiseConv2d', heightAndWidth(only(inputs)), kernel, stride, padding), channels];
  },
  parameters({ kernel, bias }, inputs) {
    const channels = asImage('depthwiseConv2d', only(inputs))[2];
    const weights = {
      name: 'kernel',
      shape: [...kernel, channels, 1],
      channelAxes: [null, null, 'out', null],
      initializer: { kind: 'heNormal', fanIn: kernel[0] * kernel[1] },
      trainable: true,
    } as const;
    const offset = { name: 'bias', shape: [channels], channelAxes: ['out'], initializer: { kind: 'zeros' }, trainable: true } as const;
    return bias ? [weights, offset] : [weights];
  },
  forward({ stride, padding, bias }, inputs, context) {
    const x = only(inputs) as Tensor4D;
    // tfjs rejects unequal strides with an error, so none is lost silently.
    const y = tfDepthwiseConv2d(x, context.parameter('kernel') as Tensor4D, stride, tfPadding(padding));
    return bias ? add(y, context.parameter('bias') as Tensor1D) : y;
  },
  costFeatures({ kernel, bias }, inputs, output) {
    const channels = asImage('depthwiseConv2d', only(inputs))[2];
    return { kind: 'depthwiseConv2d', inChannels: channels, outChannels: channels, kernel, output: heightAndWidth(output), bias };
  },
};
