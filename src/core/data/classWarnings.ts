/** Warnings about the classes in a search's examples, to be read before it starts. */
import { firstLater, listLater } from '../language/lists';
import { sayLater, type Told } from '../language/told';
import type { ExampleWords } from './dataset';
import { classCounts } from './sampling';

/** The class of each example, by the purpose of the examples. */
export interface Parts {
  readonly training: Uint8Array;
  readonly validation: Uint8Array;
  readonly test: Uint8Array;
}

/** A sentence names this many classes and counts the rest. */
const NAMED = 3;

/** A constant answer is reported when its share of right answers exceeds this, and exceeds this many times an even share. */
const OFTEN = { share: 0.5, evenShares: 1.5 } as const;

/** Sentences about missing classes, and about a test set on which a constant answer scores well. */
export function classWarnings(words: ExampleWords, classNames: readonly Told[], parts: Parts): Told[] {
  const counts = { training: classCounts(parts.training), validation: classCounts(parts.validation), test: classCounts(parts.test) };
  const kinds = Object.keys(counts) as (keyof Parts)[];
  const labels = classNames.map((_, label) => label);
  const shown = labels.filter((label) => kinds.some((kind) => counts[kind][label] !== 0));
  const thing = sayLater(words.one);
  const things = sayLater(words.many);
  const list = (of: readonly number[]) => ({ count: of.length, names: listed(of.map((label) => classNames[label] as Told)) });
  if (shown.length === 1)
    return [sayLater('All {things} are of class {names}: there is nothing to tell apart.', { things, ...list(shown) })];
  const unused = labels.filter((label) => !shown.includes(label));
  return [
    ...(unused.length > 0
      ? [
          sayLater('No {thing} is of {count, plural, one {class} other {classes}} {names}: only {learnt} of {all} classes can be learnt.', {
            ...{ thing, learnt: shown.length, all: classNames.length },
            ...list(unused),
          }),
        ]
      : []),
    ...kinds.flatMap((kind) => {
      const missing = shown.filter((label) => counts[kind][label] === 0);
      return missing.length > 0 ? [missingText[kind]({ thing, ...list(missing) })] : [];
    }),
    ...constantAnswer(words, classNames, counts.test, parts.test.length),
  ];
}

function constantAnswer(words: ExampleWords, classNames: readonly Told[], counts: Int32Array, total: number): Told[] {
  const most = Math.max(...counts);
  const share = most / total;
  if (!(share > Math.max(OFTEN.share, OFTEN.evenShares / classNames.length))) return [];
  const right = `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;
  return [
    sayLater('A network that always answers {name} is right in {right} of the test {things}.', {
      name: listed([classNames[counts.indexOf(most)] as Told]),
      right,
      things: sayLater(words.many),
    }),
  ];
}

/** That a part lacks classes, and why it matters. */
const missingText: Readonly<Record<keyof Parts, (values: { readonly thing: Told; readonly count: number; readonly names: Told }) => Told>> =
  {
    training: (values) =>
      sayLater(
        'No training {thing} is of {count, plural, one {class {names}: no network can learn it} other {classes {names}: no network can learn them}}.',
        values,
      ),
    validation: (values) =>
      sayLater(
        'No validation {thing} is of {count, plural, one {class {names}: epochs are chosen without it} other {classes {names}: epochs are chosen without them}}.',
        values,
      ),
    test: (values) =>
      sayLater(
        'No test {thing} is of {count, plural, one {class {names}: results say nothing about it} other {classes {names}: results say nothing about them}}.',
        values,
      ),
  };

/** "a", "b", "c" and 4 more */
function listed(names: readonly Told[]): Told {
  const quoted = names.map((name) => sayLater('"{name}"', { name }));
  return quoted.length > NAMED + 1 ? firstLater(quoted, NAMED) : listLater(quoted);
}
