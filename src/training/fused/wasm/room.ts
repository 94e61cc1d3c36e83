/** What is told of a batch that needs more memory than there is. */
import { WorkbenchError } from '../../../core/errors';
import { sayLater } from '../../../core/language/told';
import type { MemoryPlan } from './memoryPlan';

type Planned = Pick<MemoryPlan, 'end' | 'isAddressable' | 'canBeMade'>;

/**
 * @param batchSize examples per step whose memory could not be made
 * @param planFor plans the memory for another number of examples; fewer need less
 * @param shared whether threads share the memory
 */
export function tooLarge(batchSize: number, planFor: (batchSize: number) => Planned, shared: boolean): WorkbenchError {
  let [fits, over] = [0, batchSize];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (planFor(middle).isAddressable) fits = middle;
    else over = middle;
  }
  // The machine may have less than can be addressed.
  while (fits > 0 && !planFor(fits).canBeMade(shared)) fits = Math.floor(fits / 2);
  const values = { batchSize, needed: (planFor(batchSize).end / 1e9).toFixed(1) };
  return new WorkbenchError(
    'invalid-setting',
    fits < 2
      ? sayLater(
          'A step of {batchSize, number} examples needs {needed} GB of memory, more than there is, and so would smaller ones. Close other programs, or choose a task with smaller examples.',
          values,
        )
      : sayLater(
          'A step of {batchSize, number} examples needs {needed} GB of memory, more than there is. Choose {fits, number} examples per step, which fit, or fewer.',
          { ...values, fits },
        ),
    { fits },
  );
}
