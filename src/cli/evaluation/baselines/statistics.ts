/** Figures of comparisons. */

/** Needs at least one value. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}

/** Of the mean; null for fewer than two values. */
export function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** The share of others that a value exceeds, equal ones by half, in percent. Needs at least one other. */
export function percentileAmong(value: number, others: readonly number[]): number {
  const below = others.filter((other) => other < value).length;
  const equal = others.filter((other) => other === value).length;
  return (100 * (below + equal / 2)) / others.length;
}
