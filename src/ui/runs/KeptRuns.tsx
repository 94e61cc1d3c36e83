/** Entry of what the page shows of kept runs; loaded after the page itself. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { SearchClient } from '../../client/searchClient';
import { News } from '../../keep/database';
import { webLocks } from '../../keep/locks';
import { RunLibrary } from '../../keep/runLibrary';
import { RunStorage } from '../../keep/runStorage';
import { readSweep, writeSweep } from '../../keep/keptSweep';
import { LostDevice } from '../../store/lostDevice';
import { RunsStore } from '../../store/runs';
import { interruptedRun, SweepQueue, type SweepPlace } from '../../store/sweep';
import type { Workbench } from '../../store/workbench';
import { useWorkbench } from '../useWorkbench';
import { InterruptedNotice } from './InterruptedNotice';
import { RoomNotice } from './RoomNotice';
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
  const stores = storesOf(workbench, client);
  const { runs, sweep } = stores;
  useAskToStay();
  useLostDevice(stores);
  return (
    <RunsContext value={runs}>
      <SweepContext value={sweep}>
        <InterruptedNotice />
        <RoomNotice />
        <SweepNotice />
        <RunsDialog client={client} open={open} onClose={onClose} />
      </SweepContext>
    </RunsContext>
  );
}

interface KeptStores {
  readonly runs: RunsStore;
  readonly sweep: SweepQueue;
  readonly lostDevice: LostDevice;
}

/** A page has one sweep at a time, however often its views are made. */
const made = new WeakMap<Workbench, KeptStores>();

function storesOf(workbench: Workbench, client: KeptRunsProps['client']): KeptStores {
  let stores = made.get(workbench);
  if (!stores) made.set(workbench, (stores = makeStores(workbench, client)));
  return stores;
}

function makeStores(workbench: Workbench, client: KeptRunsProps['client']): KeptStores {
  const locks = webLocks(navigator.locks as LockManager | undefined);
  const news = new News();
  const storage = new RunStorage(locks, news);
  const library = new RunLibrary(storage);
  const place: SweepPlace = {
    read: () => readSweep(storage),
    write: (kept) => writeSweep(storage, kept),
    run: (id) => storage.read(id),
    interrupted: (config) => interruptedRun(library, config),
    leave: (id) => library.leave(id),
    locks,
  };
  const lostDevice = new LostDevice(workbench, (id) => library.read(id));
  const sweep = new SweepQueue(place, workbench, lostDevice);
  new News().listen(() => void sweep.refresh());
  // Where nothing can be kept, the list of runs says so.
  sweep.open().catch(() => {});
  // Missing where the page is not served securely.
  const room = navigator.storage as StorageManager | undefined;
  return { runs: new RunsStore(library, locks, news, client, room && (() => room.estimate())), sweep, lostDevice };
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

/** Goes on with a run whose graphics device was lost; a sweep does so by itself. */
function useLostDevice({ lostDevice, sweep }: KeptStores): void {
  const { store } = useWorkbench();
  const id = useStore(store, ({ run }) => (run.failure?.code === 'device-lost' && run.kept ? run.kept.id : null));
  useEffect(() => {
    // Where it fails, the page still tells that the device was lost.
    if (id !== null && !sweep.working) lostDevice.goOn(id).catch(() => {});
  }, [id, lostDevice, sweep]);
}
