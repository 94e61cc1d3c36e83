import { ArchitectureWeightsView } from './ArchitectureWeightsView';
import { ComparisonView } from './comparison/ComparisonView';
import { SharedTime } from './charts/SharedTime';
import { CostView } from './CostView';
import { GlanceView } from './glance/GlanceView';
import { WalkView } from './glance/WalkView';
import { NetworkView } from './network/NetworkView';
import { PenaltyView } from './PenaltyView';
import { QualityView } from './QualityView';
import { ResultView } from './ResultView';
import { TrialsView } from './TrialsView';
import { useStrategy } from './useStrategy';

/** What the shown run is, how it goes, and what it has found. */
export function Stage() {
  // Without gradients there is neither an expected cost nor an architecture weight to show.
  const gradients = useStrategy()?.gradients ?? true;
  return (
    <div className="stage">
      <SharedTime>
        <GlanceView />
        <NetworkView />
        <div className="live">
          <WalkView />
          <QualityView />
        </div>
        <ResultView />
        <ComparisonView />
        <TrialsView />
        {gradients && <CostView />}
        {gradients && <PenaltyView />}
        {gradients && <ArchitectureWeightsView />}
      </SharedTime>
    </div>
  );
}
