/** What is told of a batch that needs more memory than there is. */
import { ToldError, WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';

/** There is no memory as large as planned. */
export class NoRoom extends ToldError {
  constructor({ bytes }: Pick<Room, 'bytes'>) {
    super(sayLater('{needed} GB of memory are needed, more than there is', { needed: (bytes / 1e9).toFixed(1) }));
  }
}

/** The memory that a step needs. */
export interface Room {
  readonly bytes: number;
  /** Whether it is within what any machine or this device allows. */
  readonly isAddressable: boolean;
  /** Whether there is so much now. */
  canBeMade(): boolean | Promise<boolean>;
}

/**
 * @param batchSize examples per step whose memory could not be made
 * @param roomFor the memory of another number of examples; fewer need less
 * @param where what would hold it
 */
export async function tooLarge(
  batchSize: number,
  roomFor: (batchSize: number) => Room,
  where: 'processor' | 'device',
): Promise<WorkbenchError> {
  let [fits, over] = [0, batchSize];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (roomFor(middle).isAddressable) fits = middle;
    else over = middle;
  }
  // There may be less than is allowed.
  while (fits > 0 && !(await roomFor(fits).canBeMade())) fits = Math.floor(fits / 2);
  const values = { batchSize, needed: (roomFor(batchSize).bytes / 1e9).toFixed(1), where };
  return new WorkbenchError(
    'invalid-setting',
    fits < 2
      ? sayLater(
          'A step of {batchSize, number} examples needs {needed} GB of memory, more than {where, select, device {the graphics device gives} other {there is}}, and so would smaller ones. Close other programs, or choose a task with smaller examples.',
          values,
        )
      : sayLater(
          'A step of {batchSize, number} examples needs {needed} GB of memory, more than {where, select, device {the graphics device gives} other {there is}}. Choose {fits, number} examples per step, which fit, or fewer.',
          { ...values, fits },
        ),
    { fits },
  );
}
