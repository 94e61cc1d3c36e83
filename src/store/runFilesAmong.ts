/** Which files of a picked or dropped folder may hold runs. */
import type { GivenFile } from '../protocol/datasets';

const PLAN = 'plan.ndjson';

/**
 * Files that were picked by themselves stay: what is no run file of them is told. Of a folder only what may be one stays, and of a sweep's folder only
 * its results.
 */
export function runFilesAmong(files: readonly GivenFile[]): GivenFile[] {
  const sweeps = files.flatMap(({ path }) => (path.endsWith(`/${PLAN}`) ? [path.slice(0, -PLAN.length)] : []));
  return files.filter(({ path }) => {
    if (!path.includes('/')) return true;
    const sweep = sweeps.find((folder) => path.startsWith(folder));
    return /\.(json|zip|checkpoint)$/i.test(path) && (sweep === undefined || path.startsWith(`${sweep}results/`));
  });
}
