/**
 * Numbers as people type them, in a field or on a command line. Point and comma are both decimal signs; spaces, apostrophes, and whichever
 * of point and comma the decimal sign is not, may set groups of three digits apart. A number with two possible readings is not guessed.
 */
import { say } from './language/say';

type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'ambiguous'; readonly readings: readonly [number, number] }
  | { readonly kind: 'none' };

/**
 * Any number. A single point is the decimal sign, as in all that the workbench writes. A single comma before three digits, as in 1,500,
 * is ambiguous, since it could also separate thousands.
 */
export function readNumber(text: string): NumberReading {
  return read(text, true);
}

/** A count of things, whole or not. Here a single point before three digits, as in 8.000, is as ambiguous as a comma. */
export function readCount(text: string): NumberReading {
  return read(text, false);
}

/** The message for an ambiguous text. */
export function ambiguityText(text: string, [one, other]: readonly [number, number]): string {
  return say('“{text}” could be {one} or {other}: write it as one of these', { text: text.trim(), one: String(one), other: String(other) });
}

/** Without groups; one decimal sign at most. */
const PLAIN = /^(?:\d+[.,]?\d*|[.,]\d+)$/;
/** In groups, of which the first does not start with 0: 0,125 is a fraction. */
const groupings = [
  { pattern: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/, separator: /,/g },
  { pattern: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/, separator: /\./g },
  { pattern: /^[1-9]\d{0,2}(?:[\s'’]\d{3})+(?:[.,]\d*)?$/, separator: /[\s'’]/g },
];

function read(text: string, pointIsDecimal: boolean): NumberReading {
  const [, sign = '', digits = '', power = ''] = /^([+\-−]?)([\d.,\s'’]+)(e[+-]?\d+)?$/i.exec(text.trim()) ?? [];
  const valueOf = (unsigned: string) => Number(`${sign === '−' ? '-' : sign}${unsigned.replace(',', '.')}${power}`);
  const plain = PLAIN.test(digits) ? valueOf(digits) : null;
  const grouping = power === '' ? groupings.find(({ pattern }) => pattern.test(digits)) : undefined;
  const grouped = grouping ? valueOf(digits.replace(grouping.separator, '')) : null;
  const value = plain ?? grouped;
  if (value === null || !Number.isFinite(value)) return { kind: 'none' };
  if (plain !== null && grouped !== null && !(pointIsDecimal && digits.includes('.')))
    return { kind: 'ambiguous', readings: [plain, grouped] };
  return { kind: 'number', value };
}
