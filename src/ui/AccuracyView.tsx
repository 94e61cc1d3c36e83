import { useMemo } from 'react';
import type { Curves } from '../store/curves';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { Panel } from './Panel';
import { useCurves } from './useWorkbench';

const titles = { accuracy: 'Accuracy', loss: 'Loss' } as const;

/** How well the network does while it learns. */
export function AccuracyView() {
  const curves = useCurves();
  return (
    <Panel title="Accuracy" hint="Training values are running means over steps; validation pictures are never learnt from.">
      <div className="charts two">
        <QualityChart of="accuracy" curves={curves} />
        <QualityChart of="loss" curves={curves} />
      </div>
    </Panel>
  );
}

function QualityChart({ of, curves }: { of: keyof typeof titles; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(
    () => [
      { curve: curves.training[of], column: 0, label: 'training', colour: 'var(--line-1)' },
      { curve: curves.validation[of], column: 0, label: 'validation', colour: 'var(--line-2)', dots: true },
    ],
    [curves, of],
  );
  const axis = of === 'accuracy' ? { unit: 'fraction', top: 1 } : { unit: 'nats' };
  return <CurveChart title={titles[of]} lines={lines} marks={curves.phaseMarks} {...axis} />;
}
