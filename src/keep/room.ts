/** Room for kept runs: what is dropped when it runs short, and what is said of it. */
import { locale, say } from '../core/language/say';
import type { RunDatabase } from './database';

/** Bytes that are used and that the browser gives, of everything that the page stores. */
export type Estimate = () => Promise<{ readonly usage?: number; readonly quota?: number }>;

/** Shares of the quota: above the first, checkpoints of finished runs are dropped; above the second, people are warned. */
const DROP_ABOVE = 0.8;
const WARN_ABOVE = 0.9;

/**
 * Drops the checkpoint of the finished run that changed least recently; its result and its curves stay.
 * @param spared the run whose checkpoint stays
 * @returns false where there is none to drop
 */
export async function dropOldestCheckpoint(database: RunDatabase, spared: string): Promise<boolean> {
  const transaction = database.transaction(['summaries', 'checkpoints'], 'readwrite');
  const summaries = await transaction.objectStore('summaries').getAll();
  const [oldest] = summaries
    .filter(({ id, state, checkpointBytes }) => id !== spared && state === 'finished' && checkpointBytes > 0)
    .toSorted((a, b) => a.changed - b.changed);
  if (!oldest) return false;
  await transaction.objectStore('checkpoints').delete(oldest.id);
  await transaction.objectStore('summaries').put({ ...oldest, checkpointBytes: 0 });
  await transaction.done;
  return true;
}

/** Makes room when little is left. @returns a sentence to warn with, null while there is enough */
export async function roomLeft(database: RunDatabase, estimate: Estimate | undefined, spared: string): Promise<string | null> {
  const used = async () => {
    const { usage = 0, quota = 0 } = (await estimate?.()) ?? {};
    return { usage, quota, share: quota > 0 ? usage / quota : 0 };
  };
  let now = await used();
  while (now.share > DROP_ABOVE && (await dropOldestCheckpoint(database, spared))) now = await used();
  if (now.share <= WARN_ABOVE) return null;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString(locale())} MB`;
  return say(
    'The room that the browser gives this page is nearly full: {used} of {quota}. Delete kept runs that are no longer needed, or free room on this machine; otherwise the next ones cannot be kept.',
    { used: megabytes(now.usage), quota: megabytes(now.quota) },
  );
}
