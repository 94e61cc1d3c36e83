import type { Metric } from './metrics';

/** The cost of two parts of a network together. */
export function combined(how: Metric['combine'], a: number, b: number): number {
  return how === 'sum' ? a + b : Math.max(a, b);
}
