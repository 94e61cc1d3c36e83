import { locale } from '../../core/language/say';

/** By locale, since making one takes longer than all that a chart writes with it. */
const formats = new Map<string, Intl.NumberFormat>();

/** A number with at most three digits, so that axes stay narrow. */
export function shortNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(1);
  let format = formats.get(locale());
  if (!format) formats.set(locale(), (format = new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3, useGrouping: false })));
  return format.format(value);
}

/** Enough digits to compare two runs by eye. */
export function preciseNumber(value: number): string {
  return Math.abs(value) >= 1000 ? shortNumber(value) : value.toPrecision(5);
}
