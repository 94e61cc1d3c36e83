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
