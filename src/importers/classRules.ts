import { WorkbenchError } from '../core/errors';
import { sentencesLater } from '../core/language/lists';
import { word } from '../core/language/say';
import { sayLater, type Told } from '../core/language/told';
import type { Examples, ExampleWords } from '../core/data/dataset';
import { classCounts } from '../core/data/sampling';
import { invalidData } from './invalidData';

/** What to do about a class without examples, unless there is more to say. */
export const ADD_ONE = word('Add one, or remove the class everywhere.');
/** Labels are bytes. */
const MOST_CLASSES = 256;

/**
 * @param source the files, as the start of a message
 * @throws WorkbenchError `invalid-data` unless there are 2 to 256 classes
 */
export function assertClassNumber(classNames: readonly string[], source: Told): void {
  if (classNames.length >= 2 && classNames.length <= MOST_CLASSES) return;
  const [only] = classNames;
  if (only === undefined)
    throw new WorkbenchError('invalid-data', sayLater('{source} have no class; there must be at least two to tell apart.', { source }));
  throw new WorkbenchError(
    'invalid-data',
    classNames.length === 1
      ? sayLater('{source} have only one class, "{only}"; there must be at least two to tell apart. Add another class.', { source, only })
      : sayLater('{source} have {count, number} classes; at most {most} can be learnt. Leave some out.', {
          ...{ source, count: classNames.length, most: MOST_CLASSES },
        }),
  );
}

/**
 * @param name of the examples, with which the message begins
 * @param remedy what to do about it
 * @throws WorkbenchError `invalid-data` for a class without examples to learn from
 */
export function assertLearnable(
  name: Told,
  classNames: readonly string[],
  train: Examples,
  { one }: ExampleWords,
  remedy: Told = sayLater(ADD_ONE),
): void {
  const counts = learntCounts(train);
  const empty = classNames.find((_, label) => counts[label] === 0);
  if (empty !== undefined)
    throw invalidData(
      name,
      sentencesLater([
        sayLater('has no {thing} of class "{empty}" to learn from; every class needs some.', { empty, thing: sayLater(one) }),
        remedy,
      ]),
    );
}

/** How many examples of each class are learnt from, those for validation left out. */
export function learntCounts({ labels, validates }: Examples): Int32Array {
  return classCounts(validates ? labels.filter((_, index) => validates[index] === 0) : labels);
}
