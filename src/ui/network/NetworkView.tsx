import { lazy, Suspense } from 'react';
import { missingPart } from './missingPart';
import { Panel } from '../Panel';
import { useChannelGroups } from '../useChannelGroups';
import { useStrategy } from '../useStrategy';
import { useWorkbenchState } from '../useWorkbench';
import { useIsSearched } from './useIsSearched';
import { HeatLegend } from './HeatLegend';
import './NetworkView.css';

const NetworkGraph = lazy(() => import('./NetworkGraph').catch(missingPart('The drawing of the network')));

/** The network drawn as a graph. At each searched place bars show the candidates' current weights; below, what each layer costs. @param whole whether all of it is seen at first, however small its text becomes */
export function NetworkView({ whole = false }: { whole?: boolean }) {
  const space = useWorkbenchState((state) => state.space);
  const groups = useChannelGroups();
  const isSearched = useIsSearched();
  const weighed = useStrategy()?.gradients ?? true;
  return (
    <Panel
      title="Network"
      part="network"
      className="network"
      hint={
        <>
          {isSearched && <>{groups.length > 0 ? channelsHint : weighed ? weightsHint : choiceHint}. </>}Below: shares of{' '}
          <HeatLegend metrics={space?.table.metrics.map(({ id }) => id) ?? []} />
        </>
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

const channelsHint = 'Bars: channels kept';
const weightsHint = 'Bars: each candidate’s weight';
const choiceHint = 'One candidate is chosen at each place';
