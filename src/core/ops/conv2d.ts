import { add, conv2d as tfConv2d, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { asImage, only, type Operation } from './operation';
import { padding, pair, positiveInteger, heightAndWidth, slide, tfPadding } from './window';

const schema = v.strictObject({
  op: v.literal('conv2d'),
  filters: positiveInteger,
  kernel: pair,
  stride: pair,
  padding,
  bias: v.boolean(),
});

type Conv2d = v.InferOutput<typeof schema>;

/** Convolution over height and width; kernel [height, width, in, out]. */
export const conv2d: Operation<Conv2d> = {
  op: 'conv2d',
  schema,
  inputs: 'one',
  channels: { resized: (attributes, filters) => ({ ...attributes, filters }) },
  outputShape({ kernel, stride, padding, filters }, inputs) {
    asImage('conv2d', only(inputs));
    return [...slide('conv2d', heightAndWidth(only(inputs)), kernel, stride, padding), filters];
  },
  parameters({ kernel, filters, bias }, inputs) {
    const channels = asImage('conv2d', only(inputs))[2];
    const fanIn = kernel[0] * kernel[1] * channels;
    const weights = {
      name: 'kernel',
      shape: [...kernel, channels, filters],
      channelAxes: [null, null, 'in', 'out'],
      initializer: { kind: 'heNormal', fanIn },
      trainable: true,
    } as const;
    const offset = { name: 'bias', shape: [filters], channelAxes: ['out'], initializer: { kind: 'zeros' }, trainable: true } as const;
    return bias ? [weights, offset] : [weights];
  },
  forward({ stride, padding, bias }, inputs, context) {
    const x = only(inputs) as Tensor4D;
    const y = tfConv2d(x, context.parameter('kernel') as Tensor4D, stride, tfPadding(padding));
    return bias ? add(y, context.parameter('bias') as Tensor1D) : y;
  },
  costFeatures({ kernel, filters, bias }, inputs, output) {
    return {
      kind: 'conv2d',
      inChannels: asImage('conv2d', only(inputs))[2],
      outChannels: filters,
      kernel,
      output: heightAndWidth(output),
      bias,
    };
  },
};
