import { say } from '../../core/language/say';
import { interrupted } from '../../store/runs';
import { isBusy } from '../../store/isBusy';
import { named } from '../../store/runList';
import { useMemo } from '../language/memo';
import { Panel } from '../Panel';
import { timeText } from '../timeText';
import { useWorkbenchState } from '../useWorkbench';
import { GoOn } from './GoOn';
import { useSweepState } from './sweep/useSweep';
import { useRuns, useRunsState } from './useRuns';

/** Offers to go on with a run that did not end, such as when its tab was closed. */
export function InterruptedNotice() {
  const runs = useRuns();
  const newest = useRunsState(interrupted);
  // A sweep goes on with its own run by itself.
  const awaited = useSweepState(
    ({ sweep }) => sweep === undefined || (sweep?.paused === false && sweep.cells.some(({ state }) => state === 'running')),
  );
  const found = awaited ? null : newest;
  const strategies = useWorkbenchState((state) => state.strategies);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const run = useMemo(() => found && named(found, strategies), [found, strategies]);
  if (!run || busy) return null;
  const { step, steps } = run;
  const title =
    steps === null
      ? say('A search was interrupted at step {step, number}', { step })
      : say('A search was interrupted at step {step, number} of {steps, number}', { step, steps });
  return (
    <div className="interrupted">
      <Panel title={title}>
        <p className="hint">
          {say('{name}, {method}, started {time}.', {
            name: run.name,
            method: run.methodLabel,
            time: timeText(run.started),
          })}
        </p>
        <GoOn run={run}>
          <button onClick={() => void runs.leave(run.id)}>{say('Keep as it is')}</button>
          <button onClick={() => void runs.remove([run.id])}>{say('Delete')}</button>
        </GoOn>
      </Panel>
    </div>
  );
}
