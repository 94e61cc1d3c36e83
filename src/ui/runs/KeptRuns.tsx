/** Entry of what the page shows of kept runs; loaded after the page itself. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { SearchClient } from '../../client/searchClient';
import { News } from '../../keep/database';
import { webLocks } from '../../keep/locks';
import { RunLibrary } from '../../keep/runLibrary';
import { RunStorage } from '../../keep/runStorage';
import { readSweep, writeSweep } from '../../keep/keptSweep';
import { RunsStore } from '../../store/runs';
import { interruptedRun, SweepQueue, type SweepPlace } from '../../store/sweep';
import type { Workbench } from '../../store/workbench';
import { useWorkbench } from '../useWorkbench';
import { InterruptedNotice } from './InterruptedNotice';
import { RunsDialog } from './RunsDialog';
import { SweepNotice } from './sweep/SweepNotice';
import { SweepContext } from './sweep/useSweep';
import { RunsContext } from './useRuns';
import './runs.css';
import './sweep/sweep.css';

interface KeptRunsProps {
  readonly client: Pick<SearchClient, 'call' | 'importRuns'>;
  readonly open: boolean;
  readonly onClose: () => void;
}

export default function KeptRuns({ client, open, onClose }: KeptRunsProps) {
  const workbench = useWorkbench();
  const { runs, sweep } = storesOf(workbench, client);
  useAskToStay();
  return (
    <RunsContext value={runs}>
      <SweepContext value={sweep}>
        <InterruptedNotice />
        <SweepNotice />
        <RunsDialog client={client} open={open} onClose={onClose} />
      </SweepContext>
    </RunsContext>
  );
}

interface KeptStores {
  readonly runs: RunsStore;
  readonly sweep: SweepQueue;
}

/** A page has one sweep at a time, which goes on while another language makes the page's views anew. */
const made = new WeakMap<Workbench, KeptStores>();

function storesOf(workbench: Workbench, client: KeptRunsProps['client']): KeptStores {
  let stores = made.get(workbench);
  if (!stores) made.set(workbench, (stores = makeStores(workbench, client)));
  return stores;
}

function makeStores(workbench: Workbench, client: KeptRunsProps['client']): KeptStores {
  const locks = webLocks(navigator.locks as LockManager | undefined);
  const news = new News();
  const storage = new RunStorage(locks, news, undefined);
  const library = new RunLibrary(storage);
  const place: SweepPlace = {
    read: () => readSweep(storage),
    write: (kept) => writeSweep(storage, kept),
    run: (id) => storage.read(id),
    interrupted: (config) => interruptedRun(library, config),
    leave: (id) => library.leave(id),
    locks,
  };
  const sweep = new SweepQueue(place, workbench);
  new News().listen(() => void sweep.refresh());
  // Where nothing can be kept, the list of runs says so.
  sweep.open().catch(() => {});
  return { runs: new RunsStore(library, locks, news, client), sweep };
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
