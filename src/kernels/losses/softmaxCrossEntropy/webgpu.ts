/**
 * Softmax cross-entropy with its gradient, and the share of right answers, on WebGPU. One group of threads goes over the examples
 * and adds its results in a fixed order.
 */
import { foldShared, sharedArrays } from '../../columnSums/webgpu';
import { dispatch, fours, GROUP, kernel, type Dispatch } from '../../wgsl';

/**
 * Writes [mean loss, share of right answers] to `metrics`, and the gradient of the mean loss. The outputs of an example start at a
 * multiple of four numbers.
 */
export function softmaxCrossEntropy(
  { batch, classes }: { readonly batch: number; readonly classes: number },
  buffers: { readonly logits: number; readonly labels: number; readonly gradient: number; readonly metrics: number },
): Dispatch {
  return dispatch(softmaxCrossEntropyKernel, 1, { batch, classes, stride: fours(classes) * 4 }, buffers);
}

// In a tie the lowest class counts, as in argMax.
const softmaxCrossEntropyKernel = kernel({
  key: 'softmaxCrossEntropy',
  fields: { batch: 'i32', classes: 'i32', stride: 'i32' },
  buffers: { logits: 'read f32', labels: 'read i32', gradient: 'write f32', metrics: 'write f32' },
  declarations: sharedArrays('f32', 'loss', 'found'),
  perGroup: `
  let share = 1 / f32(fields.batch);
  var loss = 0.0;
  var found = 0.0;
  for (var n = lane; n < fields.batch; n += ${GROUP}) {
    let at = n * fields.stride;
    let label = labels[n];
    var most = logits[at];
    var best = 0;
    for (var c = 1; c < fields.classes; c++) {
      if (logits[at + c] > most) {
        most = logits[at + c];
        best = c;
      }
    }
    var sum = 0.0;
    for (var c = 0; c < fields.classes; c++) { sum += exp(logits[at + c] - most); }
    for (var c = 0; c < fields.stride; c++) {
      let p = select(0, exp(logits[at + c] - most) / sum, c < fields.classes);
      gradient[at + c] = (p - f32(c == label)) * share;
    }
    loss += log(sum) - (logits[at + label] - most);
    found += f32(best == label);
  }
  shared_loss[lane] = loss;
  shared_found[lane] = found;
${foldShared('loss', 'found')}
  metrics[0] = loss * share;
  metrics[1] = found * share;`,
});
