import { durationText } from '../../core/runs/progress';
import { megabytes } from '../../core/words';
import type { ImportProgress } from '../../protocol/datasets';
import { importShare } from '../../store/importShare';
import { useWorkbench } from '../useWorkbench';

const shown = (number: number) => number.toLocaleString('en');

/** How far an import is, and the way to end it. */
export function ImportProgressField({ importing }: { importing: ImportProgress }) {
  const workbench = useWorkbench();
  const { items, bytes, leftMs } = importing;
  const texts = [
    items ? `${shown(items.done)} of ${shown(items.total)} files` : null,
    bytes.total > 0 ? `${megabytes(bytes.done)} of ${megabytes(bytes.total)}` : null,
    leftMs === null ? null : `${durationText(leftMs)} left`,
  ].filter((text) => text !== null);
  return (
    <div className="importing">
      <label>
        Reading files{texts.length > 0 && `: ${texts.join(', ')}`}
        <progress value={importShare(importing)} max={1} />
      </label>
      <button onClick={() => workbench.own.cancel()}>Cancel</button>
    </div>
  );
}
