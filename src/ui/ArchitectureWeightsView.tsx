import { useMemo } from 'react';
import type { Curves } from '../store/curves';
import { candidateName } from './candidateNames';
import { candidateColour } from './charts/colours';
import { CurveChart, type LineSpec } from './charts/CurveChart';
import { Panel } from './Panel';
import { useCurves } from './useWorkbench';

/** The candidates' weights over time, one small chart per mixed operation. */
export function ArchitectureWeightsView() {
  const curves = useCurves();
  return (
    <Panel
      title="Architecture weights"
      hint="How much each candidate operation counts at each place: probabilities that sum to 1. They start equal and settle during the search."
    >
      <div className="charts three">
        {[...curves.weights.keys()].map((id) => (
          <WeightsChart key={id} id={id} curves={curves} />
        ))}
      </div>
    </Panel>
  );
}

function WeightsChart({ id, curves }: { id: string; curves: Curves }) {
  const lines = useMemo<LineSpec[]>(() => {
    const curve = curves.weights.get(id);
    if (!curve) return [];
    return curve.columns.map((name, column) => ({ curve, column, label: candidateName(name), colour: candidateColour(name) }));
  }, [curves, id]);
  return <CurveChart title={id} unit="" lines={lines} domain={[0, 1]} height={130} />;
}
