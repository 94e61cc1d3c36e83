/** Warnings about the classes in a search's examples, to be read before it starts. */
import type { ExampleWords } from './dataset';
import { classCounts } from './sampling';

/** The class of each example, by the purpose of the examples. */
export interface Parts {
  readonly training: Uint8Array;
  readonly validation: Uint8Array;
  readonly test: Uint8Array;
}

/** Why a missing class matters. */
const consequences: Readonly<Record<keyof Parts, string>> = {
  training: 'no network can learn',
  validation: 'epochs are chosen without',
  test: 'results say nothing about',
};

/** A sentence names this many classes and counts the rest. */
const NAMED = 3;

/** A constant answer is reported when its share of right answers exceeds this, and exceeds this many times an even share. */
const OFTEN = { share: 0.5, evenShares: 1.5 } as const;

/** Sentences about missing classes, and about a test set on which a constant answer scores well. */
export function classWarnings(words: ExampleWords, classNames: readonly string[], parts: Parts): string[] {
  const counts = { training: classCounts(parts.training), validation: classCounts(parts.validation), test: classCounts(parts.test) };
  const kinds = Object.keys(counts) as (keyof Parts)[];
  const labels = classNames.map((_, label) => label);
  const shown = labels.filter((label) => kinds.some((kind) => counts[kind][label] !== 0));
  const list = (of: readonly number[]) =>
    `${of.length === 1 ? 'class' : 'classes'} ${listed(of.map((label) => classNames[label] as string))}`;
  if (shown.length === 1) return [`All ${words.many} are of ${list(shown)}: there is nothing to tell apart.`];
  const unused = labels.filter((label) => !shown.includes(label));
  return [
    ...(unused.length > 0
      ? [`No ${words.one} is of ${list(unused)}: only ${shown.length} of ${classNames.length} classes can be learnt.`]
      : []),
    ...kinds.flatMap((kind) => {
      const missing = shown.filter((label) => counts[kind][label] === 0);
      return missing.length > 0
        ? [`No ${kind} ${words.one} is of ${list(missing)}: ${consequences[kind]} ${missing.length === 1 ? 'it' : 'them'}.`]
        : [];
    }),
    ...constantAnswer(words, classNames, counts.test, parts.test.length),
  ];
}

function constantAnswer(words: ExampleWords, classNames: readonly string[], counts: Int32Array, total: number): string[] {
  const most = Math.max(...counts);
  const share = most / total;
  if (!(share > Math.max(OFTEN.share, OFTEN.evenShares / classNames.length))) return [];
  const right = `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;
  return [
    `A network that always answers ${listed([classNames[counts.indexOf(most)] as string])} is right in ${right} of the test ${words.many}.`,
  ];
}

/** "a", "b", "c" and 4 more */
function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length > NAMED + 1) return `${quoted.slice(0, NAMED).join(', ')} and ${quoted.length - NAMED} more`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : quoted.join();
}
