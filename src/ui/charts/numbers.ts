import { locale } from '../../core/language/say';
/** A number with at most three digits, so that axes stay narrow. */
export function shortNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(1);
  return value.toLocaleString(locale(), { maximumSignificantDigits: 3, useGrouping: false });
}

/** Enough digits to compare two runs by eye. */
export function preciseNumber(value: number): string {
  return Math.abs(value) >= 1000 ? shortNumber(value) : value.toPrecision(5);
}
