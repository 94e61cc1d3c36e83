/** Sizes, times, energies and counts as people type them. */
import { ambiguityText, readCount, readNumber } from '../core/readNumber';
import { usageError } from './exit';

/**
 * A typed number; NaN when the text is no number.
 * @param option the option's name, for the message
 * @param what a `count` is a number of things, in which a point may separate thousands
 * @throws WorkbenchError `invalid-setting` for a text with two possible readings
 */
export function parseNumber(option: string, text: string, what: 'number' | 'count' = 'number'): number {
  const reading = what === 'count' ? readCount(text) : readNumber(text);
  if (reading.kind === 'ambiguous') throw usageError(`${option}: ${ambiguityText(text, reading.readings)}`);
  return reading.kind === 'number' ? reading.value : NaN;
}

const units = {
  bytes: { B: 1, kB: 1000, MB: 1e6, KiB: 1024, MiB: 1024 ** 2 },
  milliseconds: { us: 1e-3, ms: 1, s: 1000 },
  microjoules: { nJ: 1e-3, uJ: 1, mJ: 1000, J: 1e6 },
} as const;

/** A number without an exponent, and what follows it. */
const QUANTITY = /^([\d.,\s'’]+?)\s*([A-Za-z]*)$/;

const examples: Readonly<Record<keyof typeof units, string>> = { bytes: '40kB', milliseconds: '6ms', microjoules: '500uJ' };

/**
 * @param option the option's name, for the message
 * @param kind the unit that is returned
 * @throws WorkbenchError `invalid-setting` for a number without a unit, an unknown unit, or a number that is not above 0
 */
export function parseQuantity(option: string, text: string, kind: keyof typeof units): number {
  const known: Readonly<Record<string, number>> = units[kind];
  const [, digits = '', unit = ''] = QUANTITY.exec(text.trim()) ?? [];
  const value = parseNumber(option, digits) * (known[unit] ?? NaN);
  if (!(value > 0)) {
    throw usageError(
      `${option} takes a positive number with a unit (${Object.keys(known).join(', ')}), such as ${examples[kind]}, not "${text}"`,
    );
  }
  return value;
}

const multiples: Readonly<Record<string, number>> = { '': 1, k: 1000, M: 1e6, G: 1e9 };

/**
 * A count, such as 60k, 5M or 12500000.
 * @throws WorkbenchError `invalid-setting` for anything else
 */
export function parseCount(option: string, text: string): number {
  const [, digits = '', multiple = ''] = QUANTITY.exec(text.trim()) ?? [];
  const value = parseNumber(option, digits, multiple === '' ? 'count' : 'number') * (multiples[multiple] ?? NaN);
  if (!(value > 0)) throw usageError(`${option} takes a positive count, such as 60k, 5M or 12500000, not "${text}"`);
  return value;
}
