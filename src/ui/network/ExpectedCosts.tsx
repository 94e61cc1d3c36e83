import { createContext, use, type ReactNode, type RefObject } from 'react';
import { layerCosts } from '../../core/cost/layerCosts';
import type { MetricId } from '../../core/cost/metrics';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useChannelGroups } from '../useChannelGroups';
import { useCurves, useWorkbenchState } from '../useWorkbench';

export interface ExpectedCosts {
  readonly metrics: readonly MetricId[];
  /** Per layer the costs in the metrics' order and units. */
  readonly layers: ReadonlyMap<string, readonly number[]>;
}

const Costs = createContext<ExpectedCosts>({ metrics: [], layers: new Map() });

/** The costs that the surrounding `ExpectedCostsOf` works out. */
export const useExpectedCosts = (): ExpectedCosts => use(Costs);

/** Works out the expected costs once for all that is in it. @param place the element that shows them */
export function ExpectedCostsOf({ place, children }: { place: RefObject<Element | null>; children: ReactNode }) {
  return <Costs value={useCosts(place)}>{children}</Costs>;
}

/**
 * What each layer of the searched network is expected to cost now; once a network is chosen, what its layers cost. Before there are
 * weights all candidates count the same.
 */
function useCosts(place: RefObject<Element | null>): ExpectedCosts {
  const curves = useCurves();
  const space = useWorkbenchState((state) => state.space);
  const choice = useWorkbenchState(({ run }) => run.choice);
  const channels = useWorkbenchState(({ run }) => run.channels);
  const groups = useChannelGroups();
  const read = useMemo(() => [...curves.weights.values(), ...groups.flatMap(({ id }) => curves.channels.get(id) ?? [])], [curves, groups]);
  const newest = useNewest(read, place);
  return useMemo(() => {
    if (!space) return { metrics: [], layers: new Map() };
    const latest = new Map(read.map((curve, at) => [curve, newest[at]]));
    const latestOf = (curve: (typeof read)[number] | undefined) => curve && latest.get(curve);
    const layers = layerCosts(space.layers, space.table.metrics, {
      weight(layer, candidate) {
        const names = space.layers.find(({ id }) => id === layer)?.candidates ?? [];
        if (choice) return Number(choice[layer] === names[candidate]);
        return latestOf(curves.weights.get(layer))?.[candidate] ?? 1 / names.length;
      },
      kept(path) {
        const found = channels.find(({ layer }) => layer === path);
        if (found) return found.kept / found.total;
        const group = groups.find((one) => one.layers.includes(path));
        if (!group) return null;
        // The second column is what expected costs count.
        return (latestOf(curves.channels.get(group.id))?.[1] ?? group.channels) / group.channels;
      },
    });
    return { metrics: space.table.metrics.map(({ id }) => id), layers };
  }, [space, choice, channels, groups, curves, read, newest]);
}
