/** Runs cells on this machine as the only one who does, tells how far they are, and ends when somebody asks. */
import { counted } from '../../core/words';
import { usageError } from '../exit';
import type { Interruption } from '../interruption';
import type { LocalRun } from './localRun';
import { RunLock } from './runLock';
import { tasksOf } from './slurm/submission';

const LOOK_EVERY_MS = 250;
const TELL_EVERY_MS = 2000;

/**
 * @param path of the sweep
 * @param begin called before the first cell
 * @returns whether it ended because somebody asked, by a signal or by `cancel`
 * @throws WorkbenchError `invalid-setting` while somebody else runs the sweep; and what `LocalRun.run` throws
 */
export async function watchedRun(path: string, run: LocalRun, interruption: Interruption, begin: () => void): Promise<boolean> {
  await assertNotQueued(path);
  const lock = new RunLock(path);
  begin();
  // From here on checkpoints are to be written.
  interruption.defer();
  let [told, asked] = [-Infinity, false];
  const watch = setInterval(() => {
    if (performance.now() - told >= TELL_EVERY_MS) {
      lock.tell(run.news());
      told = performance.now();
    }
    asked ||= interruption.reason !== null || lock.asked;
    if (asked) void run.stop();
  }, LOOK_EVERY_MS);
  try {
    await run.run();
  } finally {
    clearInterval(watch);
    lock.release();
    interruption.resume();
  }
  return asked;
}

/** Two searches of one cell would be work done twice. @throws WorkbenchError `invalid-setting` while Slurm has tasks of this sweep */
async function assertNotQueued(path: string): Promise<void> {
  const tasks = await tasksOf(path);
  if (tasks.length > 0)
    throw usageError(
      `Slurm still has ${counted(tasks.length, 'task', 'tasks')} of ${path}. Wait for them, or end them: npm run -s sweep -- cancel ${path}`,
    );
}
