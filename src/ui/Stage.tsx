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
import { useIsLow } from './useIsLow';
import { useStrategy } from './useStrategy';

/** Pixels of the charts beside each other, whose plots end on one line: on a window as usual, and on a low one. */
const CHARTS = { walk: 190, quality: 180 };
const LOW_CHARTS = { walk: 155, quality: 145 };

/** What the shown run is, how it goes, and what it has found. */
export function Stage() {
  // Without gradients there is neither an expected cost nor an architecture weight to show.
  const gradients = useStrategy()?.gradients ?? true;
  const { title } = useWhatIsShown();
  const heights = useIsLow() ? LOW_CHARTS : CHARTS;
  return (
    <div className="stage">
      <SharedTime>
        {guarded(say('At a glance'), <GlanceView />)}
        {guarded(say('Network'), <NetworkView />)}
        <div className="live">
          {guarded(say('The way into the corner'), <WalkView height={heights.walk} />)}
          {guarded(say('Quality'), <QualityView height={heights.quality} />)}
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
