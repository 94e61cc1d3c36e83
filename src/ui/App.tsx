import { lazy, Suspense, useDeferredValue } from 'react';
import type { ReloadOffer } from '../client/reloadOffer';
import type { SearchClient } from '../client/searchClient';
import { missingFile } from '../core/errors';
import { say } from '../core/language/say';
import { lacksExamples } from '../store/possibleActions';
import { DevicePanel } from './device/DevicePanel';
import { guarded } from './ErrorBoundary';
import { LinkByHand } from './link/LinkByHand';
import { useLink } from './link/useLink';
import { Masthead } from './Masthead';
import { MissingExamples } from './MissingExamples';
import { ReloadNotice } from './ReloadNotice';
import { RunPanel } from './RunPanel';
import { SetupPanel } from './setup/SetupPanel';
import { RecordedNote } from './recorded/RecordedNote';
import { useRecordedRun } from './recorded/useRecordedRun';
import { useGestures, useShortcuts } from './shortcuts/useShortcuts';
import { Stage } from './Stage';
import { TargetsPanel } from './TargetsPanel';
import { useKeptFocus } from './useKeptFocus';
import { ShownContext, useWorkbenchState } from './useWorkbench';
import { useView } from './useView';
import './App.css';

const KeptRuns = lazy(() => import('./runs/KeptRuns').catch(() => ({ default: MissingRuns })));
const LinkNotice = lazy(() => import('./link/LinkNotice'));
const Presentation = lazy(() => import('./presentation/Presentation'));
const Report = lazy(() => import('./report/Report'));
const Shortcuts = lazy(() => import('./shortcuts/Shortcuts'));

/**
 * @param client for what kept runs need of the worker
 * @param reloadOffer tells when a reload brings a new version
 */
export function App({ client, reloadOffer }: { client: Pick<SearchClient, 'call' | 'importRuns'>; reloadOffer: ReloadOffer }) {
  const { isOpen, open, close } = useView();
  const recorded = useRecordedRun();
  const announcement = useWorkbenchState((state) => state.announcement);
  const link = useLink();
  // What a person can set is there first; the rest, which takes longer to draw, gives way to what they do.
  const isKnown = useDeferredValue(useWorkbenchState(({ dataset }) => dataset !== null));
  const isMissing = useWorkbenchState(lacksExamples);
  useShortcuts(open);
  useGestures();
  useKeptFocus();
  return (
    <>
      <div hidden={isOpen('presentation') && !isOpen('runs')}>
        <Masthead onOpen={open} />
        <ReloadNotice offer={reloadOffer} />
        <Suspense>
          {link.fragment !== null && <LinkNotice fragment={link.fragment} onClose={link.forget} />}
          {guarded(say('Runs'), <KeptRuns client={client} open={isOpen('runs')} onClose={() => close('runs')} />)}
        </Suspense>
        <main className="layout">
          <div className="side">
            <div className="controls">
              {guarded(say('Targets'), <TargetsPanel />)}
              {guarded(say('Search'), <RunPanel />)}
            </div>
            <div className="setup">
              {guarded(say('Device'), <DevicePanel />)}
              {guarded(say('Set-up'), <SetupPanel />)}
            </div>
          </div>
          <div className="stage">
            {isMissing && guarded(say('Set-up'), <MissingExamples />)}
            {recorded && <RecordedNote view={recorded} />}
            {(recorded || (isKnown && !isMissing)) && (
              <ShownContext value={recorded}>
                <Stage />
              </ShownContext>
            )}
          </div>
        </main>
      </div>
      <Suspense>
        {isOpen('presentation') && (
          <div hidden={isOpen('runs')}>
            <ShownContext value={recorded}>
              <Presentation onClose={() => close('presentation')} />
            </ShownContext>
          </div>
        )}
      </Suspense>
      <Suspense>
        {isOpen('report') && <Report onClose={() => close('report')} />}
        {isOpen('shortcuts') && <Shortcuts onClose={() => close('shortcuts')} />}
      </Suspense>
      <LinkByHand />
      <div role="status" className="visually-hidden">
        {announcement()}
      </div>
    </>
  );
}

/** Without the list a search can still be made, and is kept. */
function MissingRuns() {
  return (
    <p className="error" role="alert">
      {missingFile(say('The list of kept runs'), say('its script did not come')).message}
    </p>
  );
}
