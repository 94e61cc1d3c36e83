import { createContext, use, type ReactNode, type RefObject } from 'react';
import { layerCosts, outputParts, type Expected } from '../../core/cost/layerCosts';
import type { MetricId } from '../../core/cost/metrics';
import { useNewest } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';
import { useChannelGroups } from '../useChannelGroups';
import { useCurves, useWorkbenchState } from '../useWorkbench';

export interface ExpectedCosts {
  readonly metrics: readonly MetricId[];
  /** Per layer the costs in the metrics' order and units. */
  readonly layers: ReadonlyMap<string, readonly number[]>;
  /** Per layer the part of its output's channels that is left, from 0 to 1. */
  readonly parts: ReadonlyMap<string, number>;
}

/** The columns of a group's curve: its channels that are kept, and those that expected costs count. */
const [KEPT, COUNTED] = [0, 1] as const;

const nothing: ExpectedCosts = { metrics: [], layers: new Map(), parts: new Map() };
const Costs = createContext(nothing);

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
    if (!space) return nothing;
    const latest = new Map(read.map((curve, at) => [curve, newest[at]]));
    const latestOf = (curve: (typeof read)[number] | undefined) => curve && latest.get(curve);
    /** @param column which of a group's two counts is asked for */
    const expected = (column: 0 | 1): Expected => ({
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
        return (latestOf(curves.channels.get(group.id))?.[column] ?? group.channels) / group.channels;
      },
    });
    const { layers, table } = space;
    return {
      metrics: table.metrics.map(({ id }) => id),
      layers: layerCosts(layers, table.metrics, expected(COUNTED)),
      parts: outputParts(layers, expected(KEPT)),
    };
  }, [space, choice, channels, groups, curves, read, newest]);
}
