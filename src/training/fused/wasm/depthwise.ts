/** Depthwise convolutions as calls of WebAssembly kernels. */
import { Call } from '../../../kernels/calls';
import { DepthwiseField } from '../../../kernels/depthwiseConv2d/fields';
import type { GradientPlace, Layout } from './layout';
import type { Depthwise, Value } from '../program';
import { paddedSize, sizeFields, spreadSize, windowFields } from './windowGeometry';

export function depthwiseForward(layout: Layout, operation: Depthwise): void {
  layout.call(Call.depthwiseConv2d, fieldsOf(layout, operation));
}

export function depthwiseBackFilter(layout: Layout, operation: Depthwise, dy: number): void {
  const fields = fieldsOf(layout, operation);
  fields[DepthwiseField.output] = dy;
  layout.sum(Call.depthwiseBackpropFilter, operation.kernel, fields);
}

/** The input gradient as a convolution of stride 1 over the output's gradient, whose pixels are spread by the stride. */
export function depthwiseBackInput(layout: Layout, operation: Depthwise, dy: number, { at, accumulate }: GradientPlace): void {
  const from = layout.shape(operation.input);
  const to = layout.shape(operation.output);
  const { kernel, top, left } = operation.window;
  layout.call(
    Call.depthwiseBackpropInput,
    layout.memory.fields(DepthwiseField, {
      input: dy,
      output: at,
      kernel: layout.parameter(operation.kernel),
      bias: layout.places.zeros,
      ...sizeFields(to, from),
      ...windowFields(operation.window),
      top: kernel[0] - 1 - top,
      left: kernel[1] - 1 - left,
      ...spreadSize(from, to, operation.window),
      scratch: layout.places.scratch,
      scratchStride: layout.places.scratchStride,
      accumulate,
    }),
  );
}

/** Numbers of scratch that it needs: the larger of both directions. */
export function depthwiseScratch({ window }: Depthwise, from: Value, to: Value): number {
  const there = paddedSize(from, to, window);
  const back = spreadSize(from, to, window);
  return Math.max(there.paddedHeight * there.paddedWidth * from.channels, back.paddedHeight * back.paddedWidth * to.channels);
}

function fieldsOf(layout: Layout, operation: Depthwise): Int32Array {
  const from = layout.shape(operation.input);
  const to = layout.shape(operation.output);
  const { top, left } = operation.window;
  return layout.memory.fields(DepthwiseField, {
    input: layout.at(operation.input),
    output: layout.at(operation.output),
    kernel: layout.parameter(operation.kernel),
    bias: operation.bias === null ? layout.places.zeros : layout.parameter(operation.bias),
    ...sizeFields(from, to),
    ...windowFields(operation.window),
    top,
    left,
    ...paddedSize(from, to, operation.window),
    scratch: layout.places.scratch,
    scratchStride: layout.places.scratchStride,
  });
}
