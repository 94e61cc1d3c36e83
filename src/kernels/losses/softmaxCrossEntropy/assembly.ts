/** Softmax cross-entropy with its gradient, and how many answers are right. */
import { field, pointer } from '../../assembly/descriptor';
import { LossField as F } from '../fields';

/** Examples `first` to `last` (exclusive). In a tie the lowest class counts, as in argMax. */
export function softmaxCrossEntropy(d: usize, part: i32, first: i32, last: i32): void {
  const classes = field(d, F.outputSize);
  const share = 1 / <f64>field(d, F.batch);
  let loss: f64 = 0;
  let right = 0;
  for (let n = first; n < last; n++) {
    const x = pointer(d, F.outputs) + n * classes * 4;
    const to = pointer(d, F.gradient) + n * classes * 4;
    const label = i32.load(pointer(d, F.labels) + n * 4);
    let most = f32.load(x);
    let best = 0;
    for (let c = 1; c < classes; c++) {
      const value = f32.load(x + c * 4);
      if (value > most) {
        most = value;
        best = c;
      }
    }
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(<f64>(f32.load(x + c * 4) - most));
    for (let c = 0; c < classes; c++) {
      const p = Math.exp(<f64>(f32.load(x + c * 4) - most)) / sum;
      f32.store(to + c * 4, <f32>((c == label ? p - 1 : p) * share));
    }
    loss += Math.log(sum) - <f64>(f32.load(x + label * 4) - most);
    if (best == label) right++;
  }
  const totals = pointer(d, F.totals) + part * field(d, F.totalsStride);
  f64.store(totals, loss);
  f64.store(totals, <f64>right, 8);
}
