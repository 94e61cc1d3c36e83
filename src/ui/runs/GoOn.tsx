/** The ways to go on with a kept run: from its checkpoint, back from where it diverged, or from its start, with the examples that it needs. */
import { useState, type ReactNode } from 'react';
import { ErrorText } from '../ErrorText';
import { FolderButton } from '../FolderButton';
import type { BackendName } from '../../backends/backend';
import { nameText } from '../../core/data/nameText';
import { asWorkbenchError } from '../../core/errors';
import { sentencesText } from '../../core/language/lists';
import { say } from '../../core/language/say';
import { easedConfig } from '../../core/runs/goBack';
import { easingText, type Easing } from '../../core/search/divergence';
import type { Told } from '../../core/language/told';
import type { GivenFile } from '../../protocol/datasets';
import { isBusy } from '../../store/isBusy';
import { showBefore } from '../../store/shownRun';
import { taskOf, type NamedRun } from '../../store/runList';
import { goBack } from '../../store/wayBack';
import { givenFile } from '../../store/givenFile';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { RemedyButtons } from './RemedyButtons';
import { useRuns } from './useRuns';

interface GoOnProps {
  readonly run: NamedRun;
  /** Gentler settings, where its loss was no number. */
  readonly easings?: readonly Easing[];
  /** Where the last epoch ended to which it can go back; null where it cannot. */
  readonly goodStep?: number | null;
  /** Called when the run is on its way. */
  readonly onGone?: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}

export function GoOn({ run, easings = [], goodStep = null, onGone, children }: GoOnProps) {
  const workbench = useWorkbench();
  const runs = useRuns();
  const [error, setError] = useState<Told | null>(null);
  const busy = useWorkbenchState((state) => isBusy(state.run) || state.loadingData);
  const loaded = useWorkbenchState(({ dataset, task }) => dataset !== null && !dataset.synthetic && task === run.task);
  const task = taskOf(run);
  const own = !run.data.synthetic;
  const captured = run.checkpointBytes > 0 && run.status !== 'failed';
  const ended = run.status === 'finished';
  const [likeliest = null] = easings;
  // The same settings would find the same network, or diverge again.
  const settingsOnly = ended || likeliest !== null;
  const backTo = run.checkpointBytes > 0 ? goodStep : null;
  const here = !own || loaded;
  /** @param how a gentler setting to go on with, from where it was good or from the start */
  const go = async (files: readonly GivenFile[] | null, how: 'resume' | 'start' | Easing) => {
    setError(null);
    try {
      const stored = await runs.read(run.id);
      const { record, summary } = stored;
      if (files) {
        await workbench.chooseTask(run.task);
        await workbench.own.import(files);
        if (workbench.state.dataError !== null) {
          setError(workbench.state.dataError.told);
          return;
        }
      }
      onGone?.();
      if (how === 'resume') await workbench.goOn(record, summary.backend as BackendName, (space) => showBefore(record, space));
      else if (how !== 'start' && backTo !== null) await goBack(workbench, stored, backTo, how);
      else {
        await workbench.adopt(how === 'start' ? record : { ...record, config: easedConfig(record.config, how) });
        if (how !== 'start' || !settingsOnly) await workbench.start();
      }
    } catch (reason) {
      setError(asWorkbenchError(reason).told);
    }
  };
  const goWith = (files: readonly GivenFile[]) => void go(files, likeliest ?? (captured ? 'resume' : 'start'));
  const resumes = ended ? say('Load, to go on from its result') : say('Resume');
  const again = settingsOnly ? say('Use its settings') : say('Start again');
  return (
    <>
      {!task && <p className="hint">{say('This version does not know its task, so it can only be looked at.')}</p>}
      {!captured && !settingsOnly && <p className="hint">{whyNot(run)}</p>}
      {task && own && (
        <p className="hint">
          {sentencesText([
            say('It learns from “{name}”: {training, number} for training, {test, number} for testing.', {
              name: nameText(run.data),
              training: run.data.trainCount,
              test: run.data.testCount,
            }),
            loaded ? say('The same must be loaded.') : say('Choose their files again, or press “Use” where they are a prepared set.'),
          ])}
        </p>
      )}
      <div className="buttons">
        {task && captured && here && (
          <button className="primary" disabled={busy} onClick={() => void go(null, 'resume')}>
            {resumes}
          </button>
        )}
        {task && here && <RemedyButtons easings={easings} goodStep={backTo} disabled={busy} choose={(easing) => void go(null, easing)} />}
        {task && here && (
          <button className={captured || likeliest ? '' : 'primary'} disabled={busy} onClick={() => void go(null, 'start')}>
            {again}
          </button>
        )}
        {task && own && (
          <label className={`button ${busy ? 'disabled' : ''}`}>
            {say(
              'Choose its {examples}, then {then, select, load {load} resume {resume} eased {go on with {easing}} other {start again}} …',
              {
                examples: say(task.example.many),
                then: likeliest ? 'eased' : captured ? (ended ? 'load' : 'resume') : 'start',
                easing: likeliest ? easingText(likeliest) : '',
              },
            )}
            <input
              type="file"
              className="visually-hidden"
              multiple
              disabled={busy}
              onChange={({ target }) => {
                if (target.files && target.files.length > 0) goWith([...target.files].map(givenFile));
                target.value = '';
              }}
            />
          </label>
        )}
        {task && own && (
          <FolderButton disabled={busy} onFiles={goWith}>
            {say('A folder …')}
          </FolderButton>
        )}
        {children}
      </div>
      <ErrorText of={error} />
    </>
  );
}

function whyNot({ imported, status }: NamedRun): string {
  if (status === 'failed') return say('It failed, so it can only be started again.');
  if (imported) return say('It came as a file, in which only finished runs have their weights, so it can only be started again.');
  return say('It has no checkpoint, so it can only be started again.');
}
