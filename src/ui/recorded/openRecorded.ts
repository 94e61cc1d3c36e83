/** Fetches the recorded run; loaded after the page itself. */
import type { RecordedRun } from '../../core/runs/recordedRun';
import { RecordedView } from '../../store/recordedView';
import type { WorkbenchState } from '../../store/state';

/**
 * @param page as it has opened
 * @returns null where the page is set to another search than the recorded one, or the file does not come
 */
export async function openRecorded(page: WorkbenchState): Promise<RecordedView | null> {
  const answer = await fetch(new URL('./recordedRun.json', import.meta.url));
  if (!answer.ok || !page.space) return null;
  const recorded = (await answer.json()) as RecordedRun;
  return isOf(page, recorded) ? new RecordedView(recorded, page.space, page) : null;
}

function isOf({ task, method, device, targets, objective }: WorkbenchState, { config }: RecordedRun): boolean {
  const key = (of: Pick<WorkbenchState, 'targets'>) => JSON.stringify(Object.entries(of.targets).toSorted());
  return (
    task === config.task && method === config.method && device === config.device && objective === null && key({ targets }) === key(config)
  );
}
