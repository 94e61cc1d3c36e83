/** The checkpoint beside a run file, which holds the weights that the run has found. Only a whole one of that run is taken. */
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { readCheckpoint, type Checkpoint } from '../core/runs/checkpoint/checkpointFile';
import { configDifferences } from '../core/runs/checkpoint/differences';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import type { RunFile } from '../core/runs/runFile';
import type { NamedFile } from '../importers/exampleImporter';

/** More than the searches of all tasks leave. */
const MOST_BYTES = 512e6;

/**
 * @returns the file's bytes, in memory of their own
 * @throws WorkbenchError `invalid-data` for what is no checkpoint of the finished run, or of another version of seeded searches
 */
export async function checkpointFor(run: RunFile, file: NamedFile): Promise<Uint8Array> {
  const { name, size } = file;
  const without = sayLater('The run comes without its weights.');
  if (size > MOST_BYTES)
    throw new WorkbenchError(
      'invalid-data',
      sayLater('{name} has {size} bytes, which no checkpoint has. {without}', { name, size: String(size), without }),
    );
  const bytes = await file.bytes();
  const checkpoint = readCheckpoint(bytes, RESULTS_VERSION, name, without);
  if (!isOf(checkpoint, run))
    throw new WorkbenchError('invalid-data', sayLater('{name} is not the checkpoint of this finished run. {without}', { name, without }));
  // By itself, since a part of an archive would be kept with all of it.
  return bytes.slice();
}

/** Whatever a file claims to be, so parts may be missing. */
function isOf(checkpoint: Partial<Checkpoint> | null, { config, environment, dataFingerprint, result }: RunFile): boolean {
  try {
    const { data, ...settings } = config;
    return (
      result !== null &&
      checkpoint?.finished === true &&
      checkpoint.dataFingerprint === dataFingerprint &&
      checkpoint.backend === environment.backend &&
      configDifferences(checkpoint.config, settings) === null &&
      configDifferences(checkpoint.data, data) === null
    );
  } catch {
    return false;
  }
}
