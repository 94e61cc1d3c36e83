/**
 * Softmax cross-entropy with its gradient, and the share of right answers, on WebGPU. One group of threads goes over the examples
 * and adds its results in a fixed order.
 */
import { foldShared, sharedArrays } from '../../columnSums/webgpu';
import { dispatch, fours, GROUP, kernel, type Dispatch } from '../../wgsl';
import type { LossBuffers, LossShape } from '../loss';

/** Writes [mean loss, share of right answers] to `metrics`, and the gradient of the mean loss. */
export function softmaxCrossEntropy({ batch, outputSize }: LossShape, buffers: LossBuffers): Dispatch {
  return dispatch(softmaxCrossEntropyKernel, 1, { batch, classes: outputSize, stride: fours(outputSize) * 4 }, buffers);
}

// In a tie the lowest class counts, as in argMax.
const softmaxCrossEntropyKernel = kernel({
  key: 'softmaxCrossEntropy',
  fields: { batch: 'i32', classes: 'i32', stride: 'i32' },
  buffers: { outputs: 'read f32', labels: 'read i32', gradient: 'write f32', metrics: 'write f32' },
  declarations: sharedArrays('f32', 'loss', 'found'),
  perGroup: `
  let share = 1 / f32(fields.batch);
  var loss = 0.0;
  var found = 0.0;
  for (var n = lane; n < fields.batch; n += ${GROUP}) {
    let at = n * fields.stride;
    let label = labels[n];
    var most = outputs[at];
    var best = 0;
    for (var c = 1; c < fields.classes; c++) {
      if (outputs[at + c] > most) {
        most = outputs[at + c];
        best = c;
      }
    }
    var sum = 0.0;
    for (var c = 0; c < fields.classes; c++) { sum += exp(outputs[at + c] - most); }
    for (var c = 0; c < fields.stride; c++) {
      let p = select(0, exp(outputs[at + c] - most) / sum, c < fields.classes);
      gradient[at + c] = (p - f32(c == label)) * share;
    }
    loss += log(sum) - (outputs[at + label] - most);
    found += f32(best == label);
  }
  shared_loss[lane] = loss;
  shared_found[lane] = found;
${foldShared('loss', 'found')}
  metrics[0] = loss * share;
  metrics[1] = found * share;`,
});
