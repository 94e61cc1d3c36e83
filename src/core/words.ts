/** Numbers and words in the form that the page, the command line and reports share, in the language in use. */
import { locale, say } from './language/say';

/** "83.6 %" */
export const percent = (share: number): string => `${fixed(100 * share, 1)} %`;

/** An error with its sign: "+13 %", "−7 %". */
export function signedPercent(error: number, digits = 0): string {
  const rounded = Number((100 * error).toFixed(digits));
  return `${rounded < 0 ? '−' : '+'}${fixed(Math.abs(rounded), digits)} %`;
}

/**
 * "1 picture", "1,600 pictures". A language that puts a measure word between number and thing has it in its form of "{count} {things}".
 * @param one the thing's word in English, which the catalogue has, as it has
 * @param many the word for several
 */
export function counted(count: number, one: string, many: string): string {
  return say('{count, number} {things}', { count, things: say(count === 1 ? one : many) });
}

export const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** "184.3 MB" */
export const megabytes = (bytes: number): string =>
  bytes < 1e5
    ? `${Math.ceil(bytes / 1e3).toLocaleString(locale())} kB`
    : `${(bytes / 1e6).toLocaleString(locale(), { maximumFractionDigits: 1 })} MB`;

/** Multiply-accumulates of training: "147.6 G" */
export const workText = (macs: number): string => `${(macs / 1e9).toLocaleString(locale(), { maximumSignificantDigits: 4 })} G`;

/** "1,600" */
export const grouped = (number: number): string => number.toLocaleString(locale());

/** Always so many digits behind the decimal sign. */
const fixed = (number: number, digits: number) =>
  number.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
