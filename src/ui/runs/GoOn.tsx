/** The ways to go on with a kept run: from its checkpoint, or from its start, with the examples that it needs. */
import { useState, type ReactNode } from 'react';
import type { BackendName } from '../../backends/backend';
import { asWorkbenchError } from '../../core/errors';
import { sentencesText } from '../../core/language/lists';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { showBefore } from '../../store/shownRun';
import { taskOf, type NamedRun } from '../../store/runList';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { useRuns } from './useRuns';

interface GoOnProps {
  readonly run: NamedRun;
  /** Called when the run is on its way. */
  readonly onGone?: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

export function GoOn({ run, onGone, children }: GoOnProps) {
  const workbench = useWorkbench();
  const runs = useRuns();
  const [error, setError] = useState<string | null>(null);
  const busy = useWorkbenchState((state) => isBusy(state.run) || state.loadingData);
  const loaded = useWorkbenchState(({ dataset, task }) => dataset !== null && !dataset.synthetic && task === run.task);
  const task = taskOf(run);
  const own = !run.data.synthetic;
  const captured = run.checkpointBytes > 0 && run.status !== 'failed';
  const ended = run.status === 'finished';
  const go = async (files: readonly File[] | null, resume: boolean) => {
    setError(null);
    try {
      const { record, summary } = await runs.read(run.id);
      if (files) {
        await workbench.chooseTask(run.task);
        await workbench.own.import(files);
        if (workbench.state.dataError !== null) {
          setError(workbench.state.dataError);
          return;
        }
      }
      onGone?.();
      if (resume) await workbench.goOn(record, summary.backend as BackendName, (space) => showBefore(record, space));
      else {
        await workbench.adopt(record);
        if (!ended) await workbench.start();
      }
    } catch (reason) {
      setError(asWorkbenchError(reason).message);
    }
  };
  const resumes = ended ? say('Load, to go on from its result') : say('Resume');
  const again = ended ? say('Use its settings') : say('Start again');
  return (
    <>
      {!task && <p className="hint">{say('This version does not know its task, so it can only be looked at.')}</p>}
      {!captured && !ended && <p className="hint">{whyNot(run)}</p>}
      {task && own && (
        <p className="hint">
          {sentencesText([
            say('It learns from “{name}”: {training, number} for training, {test, number} for testing.', {
              name: run.data.name,
              training: run.data.trainCount,
              test: run.data.testCount,
            }),
            loaded ? say('The same must be loaded.') : say('They are not kept with it, so choose their files again.'),
          ])}
        </p>
      )}
      <div className="buttons">
        {task && captured && (!own || loaded) && (
          <button className="primary" disabled={busy} onClick={() => void go(null, true)}>
            {resumes}
          </button>
        )}
        {task && (!own || loaded) && (
          <button className={captured ? '' : 'primary'} disabled={busy} onClick={() => void go(null, false)}>
            {again}
          </button>
        )}
        {task && own && (
          <label className={`button ${busy ? 'disabled' : ''}`}>
            {say('Choose its {examples}, then {then, select, load {load} resume {resume} other {start again}} …', {
              examples: say(task.example.many),
              then: captured ? (ended ? 'load' : 'resume') : 'start',
            })}
            <input
              type="file"
              className="visually-hidden"
              multiple
              disabled={busy}
              onChange={({ target }) => {
                if (target.files && target.files.length > 0) void go([...target.files], captured);
                target.value = '';
              }}
            />
          </label>
        )}
        {children}
      </div>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}

function whyNot({ backend, imported, status }: NamedRun): string {
  if (status === 'failed') return say('It failed, so it can only be started again, with other settings.');
  if (imported) return say('It came as a file, which holds no weights, so it can only be started again.');
  if (backend === 'webgpu' || backend === 'webgl')
    return say('It ran on a graphics card, where a search cannot be captured between two steps, so it can only be started again.');
  return say('It has no checkpoint, so it can only be started again.');
}
