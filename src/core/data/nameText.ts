/** How a data set is called: in English where it is kept, as in run files, and in the language of the page where it is shown. */
import { say, word } from '../language/say';
import { clipWords, pictureWords, pieceWords, type Dataset } from './dataset';

/** What the page calls a person's examples, by the word for them. */
const ownNames: Readonly<Record<string, string>> = {
  [pictureWords.many]: word('Own pictures'),
  [clipWords.many]: word('Own clips'),
  [pieceWords.many]: word('Own pieces of sound'),
};

/** The name of a person's examples, in English. */
export const ownName = ({ many }: Dataset['words']): string => ownNames[many] ?? `Own ${many}`;

/** The name to be shown, which says so where a program made the examples. Names of files and of the hub's data sets stay as they are. */
export function nameText({ name, synthetic }: Pick<Dataset, 'name' | 'synthetic'>): string {
  if (synthetic) return say('{name} (synthetic)', { name: say(name) });
  return Object.values(ownNames).includes(name) ? say(name) : name;
}
