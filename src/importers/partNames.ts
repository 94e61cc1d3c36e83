/** Words that say what a part of the data is for: in the names of folders, files and arrays. */

export type Part = 'train' | 'test' | 'validation';
/** Before it is known what "eval" means. */
export type NamedPart = Part | 'evaluation';

const words: readonly (readonly [pattern: string, NamedPart])[] = [
  ['train(?:ing)?', 'train'],
  ['test(?:ing)?', 'test'],
  ['eval(?:uation)?', 'evaluation'],
  ['val(?:id|idation)?|dev', 'validation'],
];

/** What a single word says. */
export const partOfWord = (word: string): NamedPart | null => partIn(word, '');
/** What the name of a folder says, such as "train", "test_set" and "Validation images". */
export const partOfFolder = (name: string): NamedPart | null => partIn(name, '(?:[ _-]?(?:set|data|images))?');

const partIn = (name: string, ending: string) =>
  words.find(([pattern]) => new RegExp(`^(?:${pattern})${ending}$`, 'i').test(name))?.[1] ?? null;

/**
 * "eval" tests where no other part is there for that, and is for validation beside one that is.
 * @param named what the names of all parts say
 */
export function meaningOf(named: readonly (NamedPart | null)[]): (part: NamedPart) => Part {
  const evaluation = named.includes('test') ? 'validation' : 'test';
  return (part) => (part === 'evaluation' ? evaluation : part);
}

/** What each of several files is for, by the folders above it: to test, for validation, or null for all others, which are learnt from. */
export function partsByFolders(folders: readonly (readonly string[])[]): (Part | null)[] {
  const named = folders.map((above) => above.map(partOfFolder).find((part) => part !== null && part !== 'train') ?? null);
  const meaning = meaningOf(named);
  return named.map((part) => part && meaning(part));
}
