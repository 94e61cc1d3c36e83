import { WorkbenchError } from '../core/errors';
import type { Examples } from '../core/data/dataset';
import { classCounts } from '../core/data/sampling';

/** Labels are bytes. */
const MOST_CLASSES = 256;

/**
 * @param source the files, as the start of a message
 * @throws WorkbenchError `invalid-data` unless there are 2 to 256 classes
 */
export function assertClassNumber(classNames: readonly string[], source: string): void {
  if (classNames.length >= 2 && classNames.length <= MOST_CLASSES) return;
  const what =
    classNames.length === 1
      ? `only one class, "${classNames[0]}"; there must be at least two to tell apart. Add another class`
      : `${classNames.length.toLocaleString('en')} classes; at most ${MOST_CLASSES} can be learnt. Leave some out`;
  throw new WorkbenchError('invalid-data', `${source} have ${what}.`);
}

/**
 * @param remedy what to do about it
 * @throws WorkbenchError `invalid-data` for a class without examples to learn from
 */
export function assertLearnable(
  classNames: readonly string[],
  train: Examples,
  one: string,
  remedy = 'Add one, or remove the class everywhere',
): void {
  const counts = classCounts(train.labels);
  const empty = classNames.find((_, label) => counts[label] === 0);
  if (empty !== undefined)
    throw new WorkbenchError('invalid-data', `The class "${empty}" has no ${one} to learn from; every class needs some. ${remedy}.`);
}
