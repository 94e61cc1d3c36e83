import { durationText } from '../../core/runs/progress';
import { megabytes } from '../../core/words';
import { say } from '../../core/language/say';
import type { ImportProgress } from '../../protocol/datasets';
import { importShare } from '../../store/importShare';
import { useWorkbench } from '../useWorkbench';

/** How far an import is, and the way to end it. */
export function ImportProgressField({ importing }: { importing: ImportProgress }) {
  const workbench = useWorkbench();
  const { items, bytes, leftMs } = importing;
  const texts = [
    items ? say('{done, number} of {total, number} files', { ...items }) : null,
    bytes.total > 0 ? say('{done} of {total}', { done: megabytes(bytes.done), total: megabytes(bytes.total) }) : null,
    leftMs === null ? null : say('{time} left', { time: durationText(leftMs) }),
  ].filter((text) => text !== null);
  return (
    <div className="importing">
      <label>
        {texts.length > 0 ? say('Reading files: {facts}', { facts: texts.join(say(', ')) }) : say('Reading files')}
        <progress value={importShare(importing)} max={1} />
      </label>
      <button onClick={() => workbench.own.cancel()}>{say('Cancel')}</button>
    </div>
  );
}
