import { lazy, Suspense, useState } from 'react';
import type { ReloadOffer } from '../client/reloadOffer';
import type { SearchClient } from '../client/searchClient';
import { missingFile } from '../core/errors';
import { BackendPicker } from './BackendPicker';
import { DevicePanel } from './device/DevicePanel';
import { LessonsButton } from './lessons/LessonsButton';
import { ReloadNotice } from './ReloadNotice';
import { RunPanel } from './RunPanel';
import { SetupPanel } from './setup/SetupPanel';
import { RecordedNote } from './recorded/RecordedNote';
import { useRecordedRun } from './recorded/useRecordedRun';
import { Stage } from './Stage';
import { TargetsPanel } from './TargetsPanel';
import { ShownContext, useWorkbenchState } from './useWorkbench';
import './App.css';

const KeptRuns = lazy(() => import('./runs/KeptRuns').catch(() => ({ default: MissingRuns })));

/**
 * @param client for what kept runs need of the worker
 * @param reloadOffer tells when a reload brings a new version
 */
export function App({ client, reloadOffer }: { client: Pick<SearchClient, 'call'>; reloadOffer: ReloadOffer }) {
  const [showsRuns, setShowsRuns] = useState(false);
  const recorded = useRecordedRun();
  const announcement = useWorkbenchState((state) => state.announcement);
  return (
    <>
      <header className="masthead">
        <h1>NAS Workbench</h1>
        <p className="tagline">Search a neural network that fits a device, and watch it being found.</p>
        <button aria-haspopup="dialog" onClick={() => setShowsRuns(true)}>
          Runs
        </button>
        <LessonsButton />
        <BackendPicker />
      </header>
      <ReloadNotice offer={reloadOffer} />
      <Suspense>
        <KeptRuns client={client} open={showsRuns} onClose={() => setShowsRuns(false)} />
      </Suspense>
      <main className="layout">
        <div className="side">
          <div className="controls">
            <TargetsPanel />
            <RunPanel />
          </div>
          <div className="setup">
            <DevicePanel />
            <SetupPanel />
          </div>
        </div>
        <div className="stage">
          {recorded && <RecordedNote view={recorded} />}
          <ShownContext value={recorded}>
            <Stage />
          </ShownContext>
        </div>
      </main>
      <div role="status" className="visually-hidden">
        {announcement}
      </div>
    </>
  );
}

/** Without the list a search can still be made, and is kept. */
function MissingRuns() {
  return (
    <p className="error" role="alert">
      {missingFile('The list of kept runs', 'its script did not come').message}
    </p>
  );
}
