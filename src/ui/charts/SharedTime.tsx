import { useSyncExternalStore, type ReactNode } from 'react';
import { say } from '../../core/language/say';
import { periodsOf, type Curves } from '../../store/curves';
import { useMemo } from '../language/memo';
import { useCurves, useShown } from '../useWorkbench';
import { createTimeAxis, TimeAxisContext, useShownRange, useTimeAxis, type TimeAxis } from './timeAxis';
import { PeriodsContext } from './usePeriods';

/** Gives the charts of one run their common time axis; another run begins with all its steps, and one that is read again stays as it is. */
export function SharedTime({ children }: { children: ReactNode }) {
  const curves = useCurves();
  const { keptId } = useShown();
  const axis = useMemo(() => (keptId === undefined ? axisOf(axes, curves) : axisOf(axesOfKept, keptId)), [keptId, curves]);
  const marks = useGrowing(curves, ({ phaseMarks }) => phaseMarks);
  const end = useGrowing(curves, ({ training }) => training.loss.plannedEnd);
  const periods = useMemo(() => periodsOf(marks, end), [marks, end]);
  return (
    <TimeAxisContext value={axis}>
      <PeriodsContext value={periods}>
        {children}
        <ZoomNote />
      </PeriodsContext>
    </TimeAxisContext>
  );
}

const axes = new WeakMap<Curves, TimeAxis>();
const axesOfKept = new Map<string, TimeAxis>();

function axisOf<Key>(all: { get(key: Key): TimeAxis | undefined; set(key: Key, axis: TimeAxis): unknown }, key: Key): TimeAxis {
  const axis = all.get(key) ?? createTimeAxis();
  all.set(key, axis);
  return axis;
}

/** A part of a run's curves that is replaced as the run goes on. */
export function useGrowing<Part>(curves: Curves, part: (curves: Curves) => Part): Part {
  return useSyncExternalStore(
    (tell) => curves.training.loss.subscribe(tell),
    () => part(curves),
  );
}

/** Says on every screen of charts that they show a part of the run, and leads back. */
function ZoomNote() {
  const axis = useTimeAxis();
  const range = useShownRange();
  if (!range) return null;
  return (
    <div className="zoom-note">
      <p>{say('Charts show steps {from, number} to {to, number}.', { from: range.from, to: range.to })}</p>
      <button onClick={() => axis.zoom(null)}>{say('Show all steps')}</button>
    </div>
  );
}
