import { createHash } from 'node:crypto';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';
import type { CellWork } from '../../core/runs/sweep/plan';

/** Hexadecimal digits of a key: two of a billion cells are alike with a chance below one in a billion. */
const DIGITS = 32;

/** The hash of all that decides a cell's numbers. The order of a config's members does not matter. */
export function cellKey({ config, train, timedOn }: CellWork, dataFingerprint: string, backend: string): string {
  // What is left out leaves no trace, so that a plain search's key is the same as ever.
  const all = { config, train, timedOn, dataFingerprint, backend, resultsVersion: RESULTS_VERSION };
  return createHash('sha256').update(JSON.stringify(all, sorted)).digest('hex').slice(0, DIGITS);
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
