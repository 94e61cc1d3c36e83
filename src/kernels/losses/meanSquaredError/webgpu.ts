/**
 * Mean squared error between outputs and inputs, with its gradient, on WebGPU. One group of threads goes over the outputs of the
 * whole batch, four at a time, and adds its results in a fixed order.
 */
import { foldShared, sharedArrays } from '../../columnSums/webgpu';
import { dispatch, fours, GROUP, kernel, type Dispatch } from '../../wgsl';
import type { LossBuffers, LossShape } from '../loss';

/** Writes the mean loss to `metrics`, twice, and the gradient of the mean loss. */
export function meanSquaredError({ batch, outputSize, inputChannels }: LossShape, buffers: LossBuffers): Dispatch {
  const outputs4 = fours(outputSize);
  const inputStride = (outputSize / inputChannels) * fours(inputChannels) * 4;
  return dispatch(meanSquaredErrorKernel, 1, { batch, outputSize, outputs4, inputChannels, inputStride }, buffers);
}

const meanSquaredErrorKernel = kernel({
  key: 'meanSquaredError',
  fields: { batch: 'i32', outputSize: 'i32', outputs4: 'i32', inputChannels: 'i32', inputStride: 'i32' },
  buffers: { outputs: 'read vec4f', inputs: 'read f32', gradient: 'write vec4f', metrics: 'write f32' },
  declarations: `${sharedArrays('f32', 'loss')}
// The inputs are filled up pixel by pixel, the outputs as a whole.
fn differenceAt(example: i32, number: i32, output: f32) -> f32 {
  if (number >= fields.outputSize) { return 0; }
  let pixel = number / fields.inputChannels;
  let paddedChannels = (fields.inputChannels + 3) / 4 * 4;
  return output - inputs[example * fields.inputStride + pixel * paddedChannels + number % fields.inputChannels];
}`,
  perGroup: `
  let share = 1 / (f32(fields.batch) * f32(fields.outputSize));
  var loss = 0.0;
  for (var at = lane; at < fields.batch * fields.outputs4; at += ${GROUP}) {
    let example = at / fields.outputs4;
    let number = at % fields.outputs4 * 4;
    let output = outputs[at];
    let difference = vec4f(
      differenceAt(example, number, output.x),
      differenceAt(example, number + 1, output.y),
      differenceAt(example, number + 2, output.z),
      differenceAt(example, number + 3, output.w),
    );
    gradient[at] = difference * (2 * share);
    loss += dot(difference, difference);
  }
  shared_loss[lane] = loss;
${foldShared('loss')}
  metrics[0] = loss * share;
  metrics[1] = loss * share;`,
});
