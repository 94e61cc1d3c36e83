import { useRef } from 'react';
import { capital, counted, megabytes } from '../../core/words';
import { taskFor } from '../../core/tasks/index';
import type { PreparedSet } from '../../protocol/datasets';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { Warnings } from '../Warnings';
import './PreparedSets.css';

/** What was read before and is kept in this browser. */
export function PreparedSets({ busy }: { busy: boolean }) {
  const workbench = useWorkbench();
  const prepared = useWorkbenchState((state) => state.prepared);
  const note = useWorkbenchState((state) => state.dataNote);
  const heading = useRef<HTMLHeadingElement>(null);
  const remove = async (set: PreparedSet) => {
    await workbench.own.removePrepared(set);
    // The button that had the focus is gone.
    heading.current?.focus();
  };
  return (
    <>
      {note && <p className="error">{note}</p>}
      {prepared === null && (
        <p className="hint">This browser keeps nothing here, as in a private window, so files are read anew each time.</p>
      )}
      {prepared && <Warnings of={prepared.dropped} />}
      {prepared && prepared.sets.length > 0 && (
        <div className="prepared">
          <h4 ref={heading} tabIndex={-1}>
            Prepared sets
          </h4>
          <ul>
            {prepared.sets.map((set) => (
              <li key={set.key}>
                <span>
                  {set.title}
                  <span className="hint">{aboutText(set)}</span>
                </span>
                <button disabled={busy} aria-label={`Use ${set.title}`} onClick={() => void workbench.own.usePrepared(set)}>
                  Use
                </button>
                <button disabled={busy} aria-label={`Delete ${set.title}`} onClick={() => void remove(set)}>
                  Delete
                </button>
              </li>
            ))}
          </ul>
          <p className="hint">
            Kept in this browser: {megabytes(prepared.sets.reduce((sum, { bytes }) => sum + bytes, 0))} together
            {prepared.freeBytes !== null && `, ${megabytes(prepared.freeBytes)} free by its own estimate`}.
          </p>
        </div>
      )}
    </>
  );
}

function aboutText({ task, trainCount, testCount, many, bytes, madeAt }: PreparedSet): string {
  const examples = `${counted(trainCount, 'training', 'training')} and ${counted(testCount, 'test', 'test')} ${many}`;
  return `${capital(taskFor(task).title)}, ${examples}, ${megabytes(bytes)}, ${new Date(madeAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`;
}
