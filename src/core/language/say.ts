/**
 * The words of the page in the language that a person has chosen. The English text stands in the source and is the key under which the
 * catalogue of another language holds its own, so that a reader of the source sees what a person reads.
 */
import { IntlMessageFormat } from 'intl-messageformat';

/** Texts of one language by their English text, both as ICU messages: "{count, plural, one {# network} other {# networks}}". */
export type Messages = Readonly<Record<string, string>>;

/** Values of a message's placeholders. */
export type Values = Readonly<Record<string, string | number>>;

interface Spoken {
  readonly locale: string;
  /** Null for English. */
  readonly messages: Messages | null;
}

let spoken: Spoken = { locale: 'en', messages: null };
const formats = new Map<string, IntlMessageFormat>();

/** Sets the language of all that is said from now on by this thread. */
export function setLanguage(locale: string, messages: Messages | null): void {
  spoken = { locale, messages };
  formats.clear();
}

/** What a function says, in English: for files, which people and programs of any language read. */
export function inEnglish<Made>(make: () => Made): Made {
  const before = spoken;
  setLanguage('en', null);
  try {
    return make();
  } finally {
    setLanguage(before.locale, before.messages);
  }
}

/** The locale in use, for numbers and dates. */
export const locale = (): string => spoken.locale;

/**
 * A text in the language in use. Call it while something is shown or told, never when a module is loaded.
 * @param message in English, as a literal, so that the catalogues can be compared with the source; a variable only where `word` marked its text
 * @param values of the placeholders; a number in `{count, number}` gets the language's separators
 */
export function say(message: string, values?: Values): string {
  const text = spoken.messages?.[message] ?? message;
  return values === undefined ? text : String(formatOf(text, true).format(printable(values)));
}

/** What steers a terminal or turns the direction of text: names from files may hold it. Tabs and line breaks are none of it. */
// eslint-disable-next-line no-control-regex -- they are what is sought
const STEERING = /[\0-\b\v-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const printable = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value.replace(STEERING, '\ufffd') : value]),
  );

/**
 * A text with marked parts, such as "Press <key>Start</key>", as a list of its parts.
 * @param values of the placeholders, and for each mark a function from the parts within to what stands there
 */
export function sayMarked<Part>(message: string, values: Readonly<Record<string, string | number | Part | ((parts: Part[]) => Part)>>) {
  const text = spoken.messages?.[message] ?? message;
  const said = formatOf(text, false).format<Part>(values as never);
  return Array.isArray(said) ? said : [said];
}

/** Marks a text that a table holds and `say` tells later. */
export const word = <Text extends string>(text: Text): Text => text;

function formatOf(text: string, plain: boolean): IntlMessageFormat {
  const key = plain ? text : `<>${text}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new IntlMessageFormat(text, spoken.locale, undefined, { ignoreTag: plain })));
  return format;
}
