/** Continues an evaluation where an earlier sitting stopped. */
import { usageError } from '../exit';
import type { Evaluation } from './report';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';
import { savedJson } from './savedResults';

/**
 * The evaluation that an earlier sitting has saved, or else the one given.
 * @throws WorkbenchError `invalid-setting` when it was about other data, other settings or another version of the search
 */
export function resumed(path: string, fresh: Evaluation): Evaluation {
  const before = savedJson(path) as Evaluation | null;
  if (!before) return fresh;
  if (before.resultsVersion !== fresh.resultsVersion)
    throw usageError(
      `${path} holds results of ${before.resultsVersion === undefined ? 'an earlier version' : `version ${before.resultsVersion}`} of seeded searches, which do not mix with those of version ${RESULTS_VERSION}; name another file with --json`,
    );
  if (JSON.stringify(before.data) !== JSON.stringify(fresh.data))
    throw usageError(
      `${path} holds an evaluation on other data (${before.data.name}, ${before.data.train} pictures); name another file with --json`,
    );
  if (JSON.stringify(before.preset) !== JSON.stringify(fresh.preset))
    throw usageError(`${path} holds an evaluation with other settings than the preset "quick" has now; name another file with --json`);
  return before;
}
