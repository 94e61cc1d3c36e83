import { useRef } from 'react';
import { capital, megabytes } from '../../core/words';
import { taskFor } from '../../core/tasks/index';
import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import type { PreparedSet, PreparedSets as KeptSets } from '../../protocol/datasets';
import { timeText } from '../timeText';
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
      {note && <p className="error">{said(note)}</p>}
      {prepared === null && (
        <p className="hint">{say('This browser keeps nothing here, as in a private window, so files are read anew each time.')}</p>
      )}
      {prepared && <Warnings of={prepared.dropped} />}
      {prepared && prepared.sets.length > 0 && (
        <div className="prepared">
          <h4 ref={heading} tabIndex={-1}>
            {say('Prepared sets')}
          </h4>
          <ul>
            {prepared.sets.map((set) => (
              <li key={set.key}>
                <span>
                  {said(set.title)}
                  <span className="hint">{aboutText(set)}</span>
                </span>
                <button
                  disabled={busy}
                  aria-label={say('Use {title}', { title: said(set.title) })}
                  onClick={() => void workbench.own.usePrepared(set)}
                >
                  {say('Use')}
                </button>
                <button disabled={busy} aria-label={say('Delete {title}', { title: said(set.title) })} onClick={() => void remove(set)}>
                  {say('Delete')}
                </button>
              </li>
            ))}
          </ul>
          <p className="hint">{roomText(prepared)}</p>
        </div>
      )}
    </>
  );
}

function roomText({ sets, freeBytes }: KeptSets): string {
  const size = megabytes(sets.reduce((sum, { bytes }) => sum + bytes, 0));
  return freeBytes === null
    ? say('Kept in this browser: {size} together.', { size })
    : say('Kept in this browser: {size} together, {free} free by its own estimate.', { size, free: megabytes(freeBytes) });
}

function aboutText({ task, trainCount, testCount, many, bytes, madeAt }: PreparedSet): string {
  const counts = { train: trainCount, test: testCount, examples: say(many) };
  return [
    capital(say(taskFor(task).title)),
    say('{train, number} training and {test, number} test {examples}', counts),
    megabytes(bytes),
    timeText(madeAt),
  ].join(say(', '));
}
