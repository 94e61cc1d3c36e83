import { say } from './say';

/** Several things as one text: "20 kB, 3 ms, 40 kB". Empty for none. */
export function commaText(parts: readonly string[]): string {
  return parts.length === 0 ? '' : parts.reduce((before, next) => say('{before}, {next}', { before, next }));
}

/** Several things as one text within a sentence: "20 kB, 3 ms and 40 kB". Empty for none. */
export function listText(parts: readonly string[]): string {
  const [last = ''] = parts.slice(-1);
  return parts.length < 2 ? last : say('{before} and {last}', { before: commaText(parts.slice(0, -1)), last });
}

/** The first of several names, and how many there are besides: "a", "a, b", "a, b, c and 4 more". */
export function firstText(names: readonly string[], most: number): string {
  const first = commaText(names.slice(0, most));
  const count = names.length - most;
  return count > 0 ? say('{names} and {count, number} more', { names: first, count }) : first;
}

/** Sentences one after the other; null stands for none. */
export function sentencesText(sentences: readonly (string | null)[]): string {
  const told = sentences.filter((sentence) => sentence !== null && sentence !== '') as string[];
  return told.length === 0 ? '' : told.reduce((before, next) => say('{before} {next}', { before, next }));
}
