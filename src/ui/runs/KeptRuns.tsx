/** Entry of what the page shows of kept runs; loaded after the page itself. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SearchClient } from '../../client/searchClient';
import { News } from '../../keep/database';
import { webLocks } from '../../keep/locks';
import { RunLibrary } from '../../keep/runLibrary';
import { RunStorage } from '../../keep/runStorage';
import { RunsStore } from '../../store/runs';
import { useWorkbench } from '../useWorkbench';
import { InterruptedNotice } from './InterruptedNotice';
import { RunsDialog } from './RunsDialog';
import { RunsContext } from './useRuns';
import './runs.css';

interface KeptRunsProps {
  readonly client: Pick<SearchClient, 'call'>;
  readonly open: boolean;
  readonly onClose: () => void;
}

export default function KeptRuns({ client, open, onClose }: KeptRunsProps) {
  const [runs] = useState(() => {
    const locks = webLocks(navigator.locks as LockManager | undefined);
    const news = new News();
    return new RunsStore(new RunLibrary(new RunStorage(locks, news, undefined)), locks, news, client);
  });
  useAskToStay();
  return (
    <RunsContext value={runs}>
      <InterruptedNotice />
      <RunsDialog open={open} onClose={onClose} />
    </RunsContext>
  );
}

/** Asks the browser, at the first run that is kept, not to clear the page's storage when room runs short on the machine. */
function useAskToStay(): void {
  const { store } = useWorkbench();
  const kept = useStore(store, ({ run }) => run.kept !== null);
  useEffect(() => {
    // Missing where the page is not served securely.
    const storage = navigator.storage as StorageManager | undefined;
    if (kept) void storage?.persisted().then((persisted) => persisted || storage.persist());
  }, [kept]);
}
