import { useEffect, useRef, useState } from 'react';
import { OpenedRun } from './OpenedRun';
import { RunsList } from './RunsList';
import { useRunsState } from './useRuns';

/** All kept runs, and one of them when it is opened. */
export function RunsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const error = useRunsState((state) => state.error);
  const announcement = useRunsState((state) => state.announcement);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog className="runs" ref={dialog} aria-label="Kept runs" onClose={onClose}>
      {open && (
        <>
          <div className="runs-head">
            <h2>{opened === null ? 'Runs' : 'Run'}</h2>
            {opened !== null && <button onClick={() => setOpened(null)}>All runs</button>}
            <button onClick={onClose}>Close</button>
          </div>
          {error && (
            <p className="error" role="alert">
              {error}
            </p>
          )}
          {opened === null ? <RunsList onOpen={setOpened} /> : <OpenedRun key={opened} id={opened} onGone={onClose} />}
          <div role="status" className="visually-hidden">
            {announcement}
          </div>
        </>
      )}
    </dialog>
  );
}
