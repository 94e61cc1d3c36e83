import { say } from './say';

/** Several things as one text: "20 kB, 3 ms and 40 kB". Empty for none. */
export function listText(parts: readonly string[]): string {
  const [last = ''] = parts.slice(-1);
  if (parts.length < 2) return last;
  const others = parts.slice(0, -1).reduce((before, next) => say('{before}, {next}', { before, next }));
  return say('{before} and {last}', { before: others, last });
}
