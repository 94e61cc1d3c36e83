/** Reads what earlier sittings of an evaluation have measured, and refuses what does not mix with it. */
import { readFileSync } from 'node:fs';
import { usageError } from '../exit';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';

export interface SavedResults<Part> {
  readonly resultsVersion: number;
  /** Each part has data and settings of its own. */
  readonly parts: Readonly<Record<string, Part>>;
}

/**
 * What earlier sittings have saved, or nothing yet.
 * @throws WorkbenchError `invalid-setting` when it is of another version of the search
 */
export function savedResults<Part>(path: string): SavedResults<Part> {
  const saved = savedJson(path) as SavedResults<Part> | null;
  if (!saved) return { resultsVersion: RESULTS_VERSION, parts: {} };
  if (saved.resultsVersion !== RESULTS_VERSION)
    throw usageError(
      `${path} holds results of version ${saved.resultsVersion} of seeded searches, which do not mix with those of version ${RESULTS_VERSION}; name another file with --json`,
    );
  return saved;
}

/**
 * What a file of results holds; null where there is none.
 * @throws WorkbenchError `invalid-setting` when it cannot be read or was cut short
 */
export function savedJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw usageError(`--json: ${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`--json: ${path} holds no results, or was cut short; name another file`);
  }
}

/**
 * @param name of the part
 * @param keys what must be the same for results to go into one part
 * @throws WorkbenchError `invalid-setting` when an earlier sitting had other data or settings
 */
export function assertSameSettings<Part>(path: string, name: string, before: Part, now: Part, keys: readonly (keyof Part)[]): void {
  if (keys.every((key) => JSON.stringify(before[key]) === JSON.stringify(now[key]))) return;
  throw usageError(`${path} holds results with other data or settings under "${name}"; name another file with --json`);
}
