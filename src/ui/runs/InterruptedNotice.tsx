import { useMemo } from 'react';
import { interrupted } from '../../store/runs';
import { isBusy } from '../../store/isBusy';
import { named } from '../../store/runList';
import { Panel } from '../Panel';
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
  const at = run.steps === null ? `step ${run.step}` : `step ${run.step.toLocaleString('en')} of ${run.steps.toLocaleString('en')}`;
  return (
    <div className="interrupted">
      <Panel title={`A search was interrupted at ${at}`}>
        <p className="hint">
          {run.name}, {run.methodLabel}, started {new Date(run.started).toLocaleString()}.
        </p>
        <GoOn run={run}>
          <button onClick={() => void runs.leave(run.id)}>Keep as it is</button>
          <button onClick={() => void runs.remove([run.id])}>Delete</button>
        </GoOn>
      </Panel>
    </div>
  );
}
