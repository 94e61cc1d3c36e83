/** What there is to search, as plain data for the page. */
import { layerFacts } from '../core/cost/layerFacts';
import type { DeviceChoice } from '../core/cost/devices/index';
import type { SearchConfig } from '../core/config/searchConfig';
import { channelMap } from '../core/network/channels';
import { searchSpace } from '../core/search/space';
import { searchesOf, strategyFor } from '../core/strategies/index';
import type { SpaceSummary } from '../protocol/protocol';
import { summarize } from './layerSummary';

/** @throws WorkbenchError `invalid-setting` for an unknown task, device or method */
export function describeSpace(
  task: string,
  choice: DeviceChoice,
  method: string,
  space: SearchConfig['space'],
  classes: number,
): SpaceSummary {
  const searches = searchesOf(strategyFor(method), { task, space });
  const { searched, device, metrics, ...found } = searchSpace({ task, device: choice, searches }, classes);
  const { table, candidates, seedCosts, largestCosts, warnings } = found;
  const { name, clockHz, flashBytes, ramBytes, powerW, source } = device;
  const facts = layerFacts(searched, metrics);
  return {
    table,
    candidates,
    seedCosts,
    largestCosts,
    layers: searched.layers.map((layer) => summarize(layer, facts.get(layer.id) ?? [])),
    groups: searches[0] === 'channels' ? channelMap(searched).groups : [],
    device: { name, clockHz, flashBytes, ramBytes, powerW, source },
    warnings,
  };
}
