/** Texts that one thread tells and another one shows, or that are kept with a run: said where they are read, in the language in use then. */
import { say } from './say';

/** A string stays as it is: a name, or what was said when it was told. */
export type Told = string | ToldText;

interface ToldText {
  readonly text: string;
  readonly values: Readonly<Record<string, Told | number>>;
}

/** A text to be said later. @param text as `say` takes it @param values of the placeholders; those that are told texts are said with it */
export const sayLater = (text: string, values: ToldText['values'] = {}): Told => ({ text, values });

export function said(told: Told): string {
  if (typeof told === 'string') return told;
  const values = Object.entries(told.values).map(([name, value]) => [name, typeof value === 'number' ? value : said(value)] as const);
  return say(told.text, values.length === 0 ? undefined : Object.fromEntries(values));
}

/** Begins a text in a string; nothing else does. */
const MARK = '\u0001';

/** A text in a string, for libraries that pass strings alone, as valibot does with its messages. `fromString` has the text again. */
export const inString = (told: Told): string => (typeof told === 'string' ? told : MARK + JSON.stringify(told));

/** @param text of `inString`, or a library's own words, which stay as they are */
export const fromString = (text: string): Told => (text.startsWith(MARK) ? (JSON.parse(text.slice(MARK.length)) as Told) : text);

/** The same without line breaks, which names from files may hold. */
export function inOneLine(told: Told): Told {
  if (typeof told === 'string') return told.replace(/\s+/g, ' ');
  const values = Object.entries(told.values).map(([name, value]) => [name, typeof value === 'number' ? value : inOneLine(value)] as const);
  return { text: told.text, values: Object.fromEntries(values) };
}
