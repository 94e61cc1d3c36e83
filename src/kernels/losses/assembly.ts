/** The list of losses: one row each. */
import { field } from '../assembly/descriptor';
import { LossField as F, LossKind } from './fields';
import { meanSquaredError } from './meanSquaredError/assembly';
import { softmaxCrossEntropy } from './softmaxCrossEntropy/assembly';

/** Loss, gradient and count of examples `first` to `last` (exclusive), which form one part of the batch. */
export function lossOf(d: usize, part: i32, first: i32, last: i32): void {
  switch (field(d, F.kind)) {
    case LossKind.softmaxCrossEntropy:
      softmaxCrossEntropy(d, part, first, last);
      break;
    case LossKind.meanSquaredError:
      meanSquaredError(d, part, first, last);
      break;
    default:
      unreachable();
  }
}
