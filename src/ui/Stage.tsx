import { say } from '../core/language/say';
import { ArchitectureWeightsView, useWhatIsShown } from './ArchitectureWeightsView';
import { ComparisonView } from './comparison/ComparisonView';
import { SharedTime } from './charts/SharedTime';
import { CostView } from './CostView';
import { guarded } from './ErrorBoundary';
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
  const { title } = useWhatIsShown();
  return (
    <div className="stage">
      <SharedTime>
        {guarded(say('At a glance'), <GlanceView />)}
        {guarded(say('Network'), <NetworkView />)}
        <div className="live">
          {guarded(say('The way into the corner'), <WalkView />)}
          {guarded(say('Quality'), <QualityView />)}
        </div>
        {guarded(say('Result'), <ResultView />)}
        {guarded(say('Was the search worth it?'), <ComparisonView />)}
        {guarded(say('Networks on trial'), <TrialsView />)}
        {gradients && guarded(say('Cost'), <CostView />)}
        {gradients && guarded(say('Penalty'), <PenaltyView />)}
        {gradients && guarded(say(title), <ArchitectureWeightsView />)}
      </SharedTime>
    </div>
  );
}
