import { useMemo } from 'react';
import type { Quality } from '../core/tasks/task';
import type { Curves } from '../store/curves';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { useGrowing } from './charts/SharedTime';
import { Panel } from './Panel';
import { useStrategy } from './useStrategy';
import { useCurves, useTask } from './useWorkbench';

/** How well the network does while it learns. */
export function QualityView() {
  const curves = useCurves();
  const { validation, lossUnit, example } = useTask();
  const turns = useStrategy()?.options.includes('networks') ? ' Networks on trial take turns, so both lines jump.' : '';
  return (
    <Panel title={validation.label} hint={`Validation ${example.many} are never learnt from.${turns}`}>
      <div className="charts two">
        <ScoreChart of="quality" title={validation.label} curves={curves} {...axisOf(validation)} />
        <ScoreChart of="loss" title="Loss" curves={curves} unit={lossUnit} />
      </div>
    </Panel>
  );
}

/** A quality in percent is drawn as a fraction of 1. */
const axisOf = ({ unit }: Quality) => (unit === '%' ? { unit: 'fraction', top: 1 } : { unit });

function ScoreChart({ of, curves, ...axis }: { of: 'quality' | 'loss'; title: string; unit: string; top?: number; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(
    () => [
      { curve: curves.training[of], column: 0, label: 'training', colour: 'var(--line-1)' },
      { curve: curves.validation[of], column: 0, label: 'validation', colour: 'var(--line-2)', dots: true },
      { curve: curves.derived[of], column: 0, label: 'derived network', colour: 'var(--line-3)', dots: true },
    ],
    [curves, of],
  );
  const marks = useGrowing(curves, ({ phaseMarks }) => phaseMarks);
  return <CurveChart lines={lines} marks={marks} {...axis} />;
}
