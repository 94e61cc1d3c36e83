/** Mean squared error between outputs and inputs, with its gradient. */
import { field, pointer } from '../../assembly/descriptor';
import { madd, sumLanes } from '../../assembly/simd';
import { LossField as F } from '../fields';

/** Examples `first` to `last` (exclusive). */
export function meanSquaredError(d: usize, part: i32, first: i32, last: i32): void {
  const size = field(d, F.outputSize);
  const slope = <f32>(2 / (<f64>size * <f64>field(d, F.batch)));
  const slopes = f32x4.splat(slope);
  let total: f64 = 0;
  for (let n = first; n < last; n++) {
    const start = n * size * 4;
    let output = pointer(d, F.outputs) + start;
    let input = pointer(d, F.inputs) + start;
    let gradient = pointer(d, F.gradient) + start;
    let squares = f32x4.splat(0);
    let c = 0;
    for (; c + 4 <= size; c += 4, output += 16, input += 16, gradient += 16) {
      const difference = f32x4.sub(v128.load(output), v128.load(input));
      squares = madd(difference, difference, squares);
      v128.store(gradient, f32x4.mul(difference, slopes));
    }
    let sum = <f64>sumLanes(squares);
    for (; c < size; c++, output += 4, input += 4, gradient += 4) {
      const difference = f32.load(output) - f32.load(input);
      sum += <f64>(difference * difference);
      f32.store(gradient, difference * slope);
    }
    total += sum / <f64>size;
  }
  const totals = pointer(d, F.totals) + part * field(d, F.totalsStride);
  f64.store(totals, total);
  f64.store(totals, total, 8);
}
