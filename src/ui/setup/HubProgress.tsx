import { durationText } from '../../core/runs/progress';
import { megabytes } from '../../core/words';
import { say } from '../../core/language/say';
import { importShare } from '../../store/importShare';
import { useTask, useWorkbenchState } from '../useWorkbench';

/** How much has come from the hub, and then how many examples are read. */
export function HubProgress() {
  const importing = useWorkbenchState((state) => state.importing);
  const { example } = useTask();
  if (!importing)
    return (
      <label>
        {say('Looking at the files …')}
        <progress />
      </label>
    );
  const { items, bytes, leftMs } = importing;
  const done = items
    ? say('Read: {done, number} of {total, number} {examples}', { ...items, examples: say(example.many) })
    : say('Fetched: {done} of {total}', { done: megabytes(bytes.done), total: megabytes(bytes.total) });
  return (
    <label>
      {leftMs === null ? done : say('{done}, {time} left', { done, time: durationText(leftMs) })}
      <progress value={importShare(importing)} max={1} />
    </label>
  );
}
