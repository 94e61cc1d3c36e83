import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ErrorText } from '../ErrorText';
import type { SearchClient } from '../../client/searchClient';
import { say } from '../../core/language/say';
import { OpenedRun } from './OpenedRun';
import { RunsList } from './RunsList';
import { SweepProgress } from './sweep/SweepProgress';
import { useRunDrop } from './useRunDrop';
import { useRuns, useRunsState } from './useRuns';

const SweepForm = lazy(() => import('./sweep/SweepForm'));

interface RunsDialogProps {
  readonly client: Pick<SearchClient, 'call'>;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** All kept runs, one of them when it is opened, or a sweep that is made up. */
export function RunsDialog({ client, open, onClose }: RunsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [sweeping, setSweeping] = useState(false);
  const runs = useRuns();
  // A failure is no news in another place.
  const go = (to: { readonly opened?: string; readonly sweeping?: boolean }) => {
    runs.forgetError();
    setOpened(to.opened ?? null);
    setSweeping(to.sweeping ?? false);
  };
  const all = () => go({});
  const { over, place } = useRunDrop();
  const error = useRunsState((state) => state.error);
  const announcement = useRunsState((state) => state.announcement);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else {
      dialog.current?.close();
      runs.forgetError();
    }
  }, [open, runs]);
  return (
    <dialog className={over ? 'runs over' : 'runs'} ref={dialog} aria-label={say('Kept runs')} onClose={onClose} {...place}>
      {open && (
        <>
          <div className="runs-head">
            <h2 tabIndex={-1} data-focus="next">
              {sweeping ? say('Sweep') : opened === null ? say('Runs') : say('Run')}
            </h2>
            {(sweeping || opened !== null) && <button onClick={all}>{say('All runs')}</button>}
            <button onClick={onClose}>{say('Close')}</button>
          </div>
          <ErrorText of={error} />
          {opened === null && <SweepProgress />}
          {sweeping ? (
            <Suspense fallback={<p className="empty-note">{say('Opening …')}</p>}>
              <SweepForm client={client} onStarted={all} />
            </Suspense>
          ) : opened === null ? (
            <RunsList onOpen={(id) => go({ opened: id })} onSweep={() => go({ sweeping: true })} />
          ) : (
            <OpenedRun key={opened} id={opened} onGone={onClose} />
          )}
          <div role="status" className="visually-hidden">
            {announcement()}
          </div>
        </>
      )}
    </dialog>
  );
}
