import { lazy, Suspense } from 'react';
import { say, sayMarked, word } from '../../core/language/say';
import { missingPart } from './missingPart';
import { Panel } from '../Panel';
import { useChannelGroups } from '../useChannelGroups';
import { useStrategy } from '../useStrategy';
import { useWorkbenchState } from '../useWorkbench';
import { useIsSearched } from './useIsSearched';
import { HeatLegend } from './HeatLegend';
import './NetworkView.css';

const NetworkGraph = lazy(() => import('./NetworkGraph').catch(missingPart(word('The drawing of the network'))));

/** The network drawn as a graph. At each searched place branches are as thick as the candidates' current weights; below, what each layer costs. @param whole whether all of it is seen at first, however small its text becomes */
export function NetworkView({ whole = false }: { whole?: boolean }) {
  const space = useWorkbenchState((state) => state.space);
  const groups = useChannelGroups();
  const isSearched = useIsSearched();
  const weighed = useStrategy()?.gradients ?? true;
  return (
    <Panel
      title={say('Network')}
      part="network"
      className="network"
      hint={
        space &&
        sayMarked(
          !isSearched
            ? 'Below: shares of {costs}'
            : groups.length > 0
              ? 'Bars: channels kept. Below: shares of {costs}'
              : weighed
                ? 'Thickness: each candidate’s weight. Below: shares of {costs}'
                : 'One candidate is chosen at each place. Below: shares of {costs}',
          { costs: <HeatLegend key="costs" metrics={space.table.metrics.map(({ id }) => id)} /> },
        )
      }
    >
      {space && (
        <Suspense>
          <NetworkGraph space={space} whole={whole} />
        </Suspense>
      )}
    </Panel>
  );
}
