import { useEffect, useState } from 'react';
import { nameText } from '../../core/data/nameText';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { asWorkbenchError } from '../../core/errors';
import { commaText } from '../../core/language/lists';
import { say } from '../../core/language/say';
import { capital } from '../../core/words';
import { said, type Told } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import type { StoredRun } from '../../keep/runStorage';
import type { SpaceSummary } from '../../protocol/protocol';
import { KeptView } from '../../store/keptView';
import { named, statusNames, taskOf, type NamedRun } from '../../store/runList';
import { backendText } from '../backendNames';
import { useMemo } from '../language/memo';
import { Stage } from '../Stage';
import { ShownContext, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { Warnings } from '../Warnings';
import { GoOn } from './GoOn';
import { RunLabelFields } from './RunLabelFields';
import { useRuns, useRunsState } from './useRuns';

/** One kept run: its result, network and curves as after the search. @param onGone is called when it goes on in the page */
export function OpenedRun({ id, onGone }: { id: string; onGone: () => void }) {
  const runs = useRuns();
  const found = useRunsState((state) => state.runs?.find((run) => run.id === id));
  const strategies = useWorkbenchState((state) => state.strategies);
  const run = useMemo(() => found && named(found, strategies), [found, strategies]);
  const [read, setRead] = useState<{ readonly stored: StoredRun; readonly space: SpaceSummary | null } | null>(null);
  const [error, setError] = useState<Told | null>(null);
  const changed = found?.changed;
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const stored = await runs.read(id);
      const space = await runs.spaceOf(stored);
      if (wanted) setRead({ stored, space });
    };
    load().catch((reason: unknown) => wanted && setError(asWorkbenchError(reason).told));
    return () => {
      wanted = false;
    };
  }, [runs, id, changed]);
  if (!run) return <p className="empty-note">{say('This run is no longer there.')}</p>;
  return (
    <>
      <RunLabelFields run={run} />
      <Facts run={run} read={read?.stored ?? null} />
      {run.held ? (
        <p className="hint">
          {run.status === 'running'
            ? say('A page trains it now. What is shown here follows every few seconds.')
            : say('A page has it open.')}
        </p>
      ) : (
        <GoOn run={run} easings={read?.stored.record.easings ?? []} goodStep={read?.stored.record.goodStep ?? null} onGone={onGone} />
      )}
      <ErrorText of={error} />
      {!error && !read && <p className="empty-note">{say('Reading the run …')}</p>}
      {read && taskOf(run) && <Shown stored={read.stored} space={read.space} trains={run.status === 'running'} />}
    </>
  );
}

function Facts({ run, read }: { run: NamedRun; read: StoredRun | null }) {
  const { data, backend, randomSeed, status, step, steps, targets } = run;
  const state = capital(say(statusNames[status]));
  const facts: readonly (readonly [string, string])[] = [
    [
      say('State'),
      // The plan of a finished run may have had more, such as for trials that were not needed.
      steps === null || status === 'finished'
        ? say('{state}, step {step, number}', { state, step })
        : say('{state}, step {step, number} of {steps, number}', { state, step, steps }),
    ],
    [say('Task'), say('{task}, {method}, for {device}', { task: run.taskTitle, method: run.methodLabel, device: run.deviceName })],
    [
      say('Targets'),
      commaText(
        (Object.keys(targets) as MetricId[]).map((id) =>
          say('{cost} {amount}', { cost: say(metricTexts[id].word), amount: metricText(id, targets[id] as number) }),
        ),
      ) || say('none'),
    ],
    [
      say('Examples'),
      say('{name}: {training, number} for training, {test, number} for testing', {
        name: nameText(data),
        training: data.trainCount,
        test: data.testCount,
      }),
    ],
    [say('Random seed'), String(randomSeed)],
    [say('Ran on'), backendText(backend)],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {read && <Warnings of={read.record.recorder.warnings} />}
      {read?.record.error && <p className="error">{said(read.record.error)}</p>}
    </>
  );
}

function Shown({ stored, space, trains }: { stored: StoredRun; space: SpaceSummary | null; trains: boolean }) {
  const workbench = useWorkbench();
  const view = useMemo(() => new KeptView(stored, space, workbench.state, trains), [stored, space, workbench, trains]);
  return (
    <ShownContext value={view}>
      <div className="opened">
        <Stage />
      </div>
    </ShownContext>
  );
}
