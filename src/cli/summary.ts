import type { Dataset } from '../core/data/dataset';

/** So many classes are named. */
const NAMED = 5;

/** "10 classes (cat, dog, fox and 7 more), 50,000 training and 10,000 test pictures" */
export function summaryOf({ classNames, words, train, test }: Dataset): string {
  const [shown, more] = [classNames.slice(0, NAMED).join(', '), classNames.length - NAMED];
  const [learnt, tested] = [train.count, test.count].map((count) => count.toLocaleString('en'));
  return `${classNames.length} classes (${shown}${more > 0 ? ` and ${more} more` : ''}), ${learnt} training and ${tested} test ${words.many}`;
}
