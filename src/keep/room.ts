/** Room for kept runs: how much of it is used, and whose checkpoints make room when they are deleted. */
import type { RunDatabase } from './database';
import type { ListedRun, RunSummary } from './keptRun';

/** Bytes that are used and that the browser gives, of everything that the page stores. */
export type Estimate = () => Promise<{ readonly usage?: number; readonly quota?: number }>;

/** Above this share of the quota people are told, and offered to delete checkpoints. */
const OFFER_ABOVE = 0.8;
/** What is offered frees room down to this share, so that the next run is not told of the same. */
const DOWN_TO = 0.7;

/** Room that runs short, in bytes. */
export interface ShortRoom {
  readonly used: number;
  readonly quota: number;
  /** Finished runs whose checkpoints would make room, the oldest first; a run that a page holds is none of them. */
  readonly oldest: readonly ListedRun[];
}

/** A checkpoint that was deleted, by its run. */
export interface DroppedCheckpoint {
  readonly id: string;
  readonly bytes: number;
}

/** Null while there is enough room, or where the browser does not tell. */
export function shortRoom({ usage = 0, quota = 0 }: Awaited<ReturnType<Estimate>>, runs: readonly ListedRun[]): ShortRoom | null {
  if (quota === 0 || usage <= OFFER_ABOVE * quota) return null;
  const oldest: ListedRun[] = [];
  let over = usage - DOWN_TO * quota;
  for (const run of droppable(runs.filter(({ held }) => !held))) {
    if (over <= 0) break;
    oldest.push(run);
    over -= run.checkpointBytes;
  }
  return { used: usage, quota, oldest };
}

/**
 * Deletes checkpoints of finished runs; results, curves and settings stay.
 * @param choose picks from the finished runs with a checkpoint, of which the one that changed least recently comes first
 */
export async function dropCheckpoints(
  database: RunDatabase,
  choose: (droppable: readonly RunSummary[]) => readonly RunSummary[],
): Promise<DroppedCheckpoint[]> {
  const transaction = database.transaction(['summaries', 'checkpoints'], 'readwrite');
  const summaries = transaction.objectStore('summaries');
  const chosen = choose(droppable(await summaries.getAll()));
  for (const summary of chosen) {
    await transaction.objectStore('checkpoints').delete(summary.id);
    await summaries.put({ ...summary, checkpointBytes: 0 });
  }
  await transaction.done;
  return chosen.map(({ id, checkpointBytes }) => ({ id, bytes: checkpointBytes }));
}

function droppable<Run extends RunSummary>(runs: readonly Run[]): Run[] {
  return runs.filter(({ state, checkpointBytes }) => state === 'finished' && checkpointBytes > 0).toSorted((a, b) => a.changed - b.changed);
}
