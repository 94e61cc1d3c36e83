import { lazy, Suspense } from 'react';
import { missingFile, WorkbenchError } from '../core/errors';
import { durationText, progressText, type Progress } from '../core/runs/progress';
import { say, word } from '../core/language/say';
import { said, type Told } from '../core/language/told';
import { useShallow } from 'zustand/react/shallow';
import { ErrorText } from './ErrorText';
import { isBusy } from '../store/isBusy';
import { lacksExamples, possibleActions } from '../store/possibleActions';
import { CopyLinkButton } from './link/CopyLinkButton';
import { settingsOf, THIS_PAGE } from './link/copyLink';
import { Panel } from './Panel';
import { ProblemReport } from './problem/ProblemReport';
import { Warnings } from './Warnings';
import { useWorkbench, useWorkbenchState } from './useWorkbench';
import './RunPanel.css';

/** The id of the button that starts a search. */
export const START_BUTTON = 'start-button';

const Remedies = lazy(() => import('./runs/Remedies').catch(() => ({ default: MissingRemedies })));

/** The buttons of a run, and its progress. */
export function RunPanel() {
  const run = useWorkbenchState((state) => state.run);
  return (
    <Panel title={say('Search')} part="search">
      <RunButtons />
      <RunProgress />
      <KeptNote />
      <Warnings of={run.warnings} />
      <ErrorText of={run.error} />
      <WaysOn />
      {run.failure?.code === 'internal' && (
        <ProblemReport of={new WorkbenchError(run.failure.code, run.failure.message, run.failure.details)} />
      )}
      {run.easings.length > 0 && (
        <Suspense>
          <Remedies />
        </Suspense>
      )}
    </Panel>
  );
}

/** What brings a search back at once where its worker or its graphics device is gone. */
function WaysOn() {
  const workbench = useWorkbench();
  const workerLost = useWorkbenchState((state) => state.workerLost && !lacksExamples(state));
  // A run that is kept goes on by itself where it can.
  const deviceLost = useWorkbenchState(({ run }) => run.stranded || (run.failure?.code === 'device-lost' && run.kept === null));
  const starting = useWorkbenchState(({ backend }) => backend.state === 'starting');
  const startElsewhere = async () => {
    await workbench.pickBackend('wasm');
    if (workbench.state.backend.state === 'ready') await workbench.start();
  };
  if (!workerLost && !deviceLost) return null;
  return (
    <div className="buttons">
      {workerLost ? (
        <button onClick={() => location.reload()}>{say('Reload')}</button>
      ) : (
        <button disabled={starting} onClick={() => void startElsewhere()}>
          {say('Start again on WebAssembly')}
        </button>
      )}
    </div>
  );
}

function MissingRemedies() {
  return <p className="error">{missingFile(say('What to do about it'), say('its script did not come')).message}</p>;
}

/** What of a run would not outlive the page. */
function KeptNote() {
  const kept = useWorkbenchState(({ run }) => run.kept);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  if (kept?.problem) return <ErrorText of={kept.problem} />;
  if (!kept || kept.whole || !busy) return null;
  return (
    <p className="hint">{say('Settings and curves are kept. Closing the page ends this search, since it cannot be captured here.')}</p>
  );
}

function RunButtons() {
  const workbench = useWorkbench();
  const { start, pause, resume, step, stop, reset } = useWorkbenchState(useShallow(possibleActions));
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const refused = useWorkbenchState((state) => state.refused);
  const known = useWorkbenchState(({ dataset }) => dataset !== null);
  const waits = refused.length > 0;
  return (
    <div className="buttons">
      <button
        id={START_BUTTON}
        className="primary"
        data-focus="next"
        disabled={!start}
        aria-describedby={waits ? 'start-waits' : undefined}
        onClick={() => void workbench.start()}
      >
        {say('Start')}
      </button>
      {resume ? (
        <button data-focus="next" onClick={() => void workbench.resume()}>
          {say('Resume')}
        </button>
      ) : (
        <button data-focus="next" disabled={!pause} onClick={() => void workbench.pause()}>
          {say('Pause')}
        </button>
      )}
      <button data-focus="back" disabled={!step} onClick={() => void workbench.step()}>
        {say('Step')}
      </button>
      <button disabled={!stop} onClick={() => void workbench.stop()}>
        {say('Stop')}
      </button>
      <button disabled={!reset} onClick={() => void workbench.reset()}>
        {say('Reset')}
      </button>
      <CopyLinkButton of={THIS_PAGE} settings={() => settingsOf(workbench, 'settingsOfPage')} disabled={!known || waits} />
      {waits && !busy && (
        <p className="error" id="start-waits">
          {say('To start, correct what is typed at {fields}.', {
            fields: refused.map((label) => say('“{label}”', { label })).join(say(', ')),
          })}
        </p>
      )}
    </div>
  );
}

function RunProgress() {
  const { progress, state, activity, implementation } = useWorkbenchState(({ run }) => run);
  const share = Math.round(100 * (state === 'finished' ? 1 : (progress?.share ?? 0)));
  const text = progress ? progressText(progress) : say('Not started');
  return (
    <div className="progress">
      <div
        className="bar"
        role="progressbar"
        aria-label={say('Progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={text}
      >
        <div style={{ width: `${share}%` }} />
      </div>
      <p className="progress-text">{state in stateText ? say(stateText[state] as string) : text}</p>
      <p className="hint">
        {activity ? `${said(activity)} …` : null}
        {!activity && progress && state === 'running' && speedText(progress, implementation)}
        {!activity && state === 'paused' && progress && say('Paused at: {text}', { text })}
        {state === 'idle' && say('The same random seed starts from the same weights every time.')}
      </p>
    </div>
  );
}

function speedText({ stepsPerSecond, leftMs }: Progress, implementation: Told | null): string {
  const speed = [
    ...(stepsPerSecond === null ? [] : [say('{count} steps per second', { count: Number(stepsPerSecond.toPrecision(2)) })]),
    ...(leftMs === null ? [] : [say('about {time} left', { time: durationText(leftMs) })]),
  ].join(say(', '));
  return implementation === null
    ? speed
    : say('{speed} (training step: {implementation})', { speed, implementation: said(implementation) });
}

const stateText: Partial<Record<string, string>> = {
  idle: word('Ready'),
  paused: word('Paused'),
  stopped: word('Stopped'),
  finished: word('Finished'),
  failed: word('Failed'),
};
