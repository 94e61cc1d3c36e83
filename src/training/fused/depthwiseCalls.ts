/** Depthwise convolutions as calls of WebAssembly kernels. */
import { Call } from '../../kernels/calls';
import { DepthwiseField } from '../../kernels/depthwiseConv2d/fields';
import type { GradientPlace, Places } from './places';
import type { Depthwise, Value } from './program';
import { paddedSize, sizeFields, spreadSize, windowFields } from './windowGeometry';

export function depthwiseForward(places: Places, operation: Depthwise): void {
  places.call(Call.depthwiseConv2d, fieldsOf(places, operation));
}

export function depthwiseBackFilter(places: Places, operation: Depthwise, dy: number): void {
  const fields = fieldsOf(places, operation);
  fields[DepthwiseField.output] = dy;
  places.sum(Call.depthwiseBackpropFilter, operation.kernel, fields);
}

/** A convolution of stride 1 over the gradient, its pixels set apart by the stride. */
export function depthwiseBackInput(places: Places, operation: Depthwise, dy: number, { at, accumulate }: GradientPlace): void {
  const from = places.shape(operation.input);
  const to = places.shape(operation.output);
  const { kernel, top, left } = operation.window;
  places.call(
    Call.depthwiseBackpropInput,
    places.memory.fields(DepthwiseField, {
      input: dy,
      output: at,
      kernel: places.parameter(operation.kernel),
      bias: places.zeros,
      ...sizeFields(to, from),
      ...windowFields(operation.window),
      top: kernel[0] - 1 - top,
      left: kernel[1] - 1 - left,
      ...spreadSize(from, to, operation.window),
      scratch: places.scratch,
      scratchStride: places.scratchStride,
      accumulate,
    }),
  );
}

/** Numbers of scratch that it needs, the greater of both ways. */
export function depthwiseScratch({ window }: Depthwise, from: Value, to: Value): number {
  const there = paddedSize(from, to, window);
  const back = spreadSize(from, to, window);
  return Math.max(there.paddedHeight * there.paddedWidth * from.channels, back.paddedHeight * back.paddedWidth * to.channels);
}

function fieldsOf(places: Places, operation: Depthwise): Int32Array {
  const from = places.shape(operation.input);
  const to = places.shape(operation.output);
  const { top, left } = operation.window;
  return places.memory.fields(DepthwiseField, {
    input: places.at(operation.input),
    output: places.at(operation.output),
    kernel: places.parameter(operation.kernel),
    bias: operation.bias === null ? places.zeros : places.parameter(operation.bias),
    ...sizeFields(from, to),
    ...windowFields(operation.window),
    top,
    left,
    ...paddedSize(from, to, operation.window),
    scratch: places.scratch,
    scratchStride: places.scratchStride,
  });
}
