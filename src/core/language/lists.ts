/** Several things as one text, to be said later or, as `Text`, at once. */
import { word } from './say';
import { said, sayLater, type Told } from './told';

/** "20 kB, 3 ms, 40 kB". Empty for none. */
export const commasLater = (parts: readonly Told[]): Told => joined(parts, word('{before}, {next}'));

/** Parts that hold commas: "20 kB, then 3 ms; 40 kB". Empty for none. */
export const semicolonsLater = (parts: readonly Told[]): Told => joined(parts, word('{before}; {next}'));

const joined = (parts: readonly Told[], text: string): Told =>
  parts.length === 0 ? '' : parts.reduce((before, next) => sayLater(text, { before, next }));

/** Within a sentence: "20 kB, 3 ms and 40 kB". Empty for none. */
export function listLater(parts: readonly Told[]): Told {
  const [last = ''] = parts.slice(-1);
  return parts.length < 2 ? last : sayLater('{before} and {last}', { before: commasLater(parts.slice(0, -1)), last });
}

/** The first of several names, and how many there are besides: "a", "a, b", "a, b, c and 4 more". */
export function firstLater(names: readonly Told[], most: number): Told {
  const first = commasLater(names.slice(0, most));
  const count = names.length - most;
  return count > 0 ? sayLater('{names} and {count, number} more', { names: first, count }) : first;
}

/** Sentences one after the other; null and an empty text stand for none. */
export function sentencesLater(sentences: readonly (Told | null)[]): Told {
  const told = sentences.filter((sentence) => sentence !== null && sentence !== '') as Told[];
  return joined(told, word('{before} {next}'));
}

export const commaText = (parts: readonly Told[]): string => said(commasLater(parts));
export const semicolonText = (parts: readonly Told[]): string => said(semicolonsLater(parts));
export const listText = (parts: readonly Told[]): string => said(listLater(parts));
export const firstText = (names: readonly Told[], most: number): string => said(firstLater(names, most));
export const sentencesText = (sentences: readonly (Told | null)[]): string => said(sentencesLater(sentences));
