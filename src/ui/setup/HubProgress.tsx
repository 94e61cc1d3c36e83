import { durationText } from '../../core/runs/progress';
import { megabytes } from '../../core/words';
import { importShare } from '../../store/importShare';
import { useTask, useWorkbenchState } from '../useWorkbench';

/** How much has come from the hub, and then how many examples are read. */
export function HubProgress() {
  const importing = useWorkbenchState((state) => state.importing);
  const { example } = useTask();
  if (!importing)
    return (
      <label>
        Looking at the files …
        <progress />
      </label>
    );
  const { items, bytes, leftMs } = importing;
  const done = items
    ? `Read: ${items.done.toLocaleString('en')} of ${items.total.toLocaleString('en')} ${example.many}`
    : `Fetched: ${megabytes(bytes.done)} of ${megabytes(bytes.total)}`;
  return (
    <label>
      {done}
      {leftMs !== null && `, ${durationText(leftMs)} left`}
      <progress value={importShare(importing)} max={1} />
    </label>
  );
}
