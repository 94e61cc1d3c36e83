/** The networks of a space of channel counts. */
import type { Size } from '../../config/searchConfig';
import { networkCosts } from '../../cost/costTable';
import type { Metric, Targets } from '../../cost/metrics';
import { channelMap } from '../../network/channels';
import { planNetwork, type NetworkPlan } from '../../network/plan';
import { resizeNetwork } from '../../network/prune';
import type { Random } from '../../random';
import { narrowestTable } from '../architectures/channelFit';
import { shortfall } from '../constraints/reach';
import { infeasible } from '../constraints/sentences';
import { changedWithin } from './changedWithin';
import { costsByMetric } from './costsByMetric';
import type { Code, Networks } from './networks';

/** Halvings of the interval in which the common share of all widths is sought. */
const HALVINGS = 20;

/** @param seed the network at its full width */
export function channelNetworks(seed: NetworkPlan, metrics: readonly Metric[]): Networks {
  const map = channelMap(seed);
  const { groups } = map;
  const widths = groups.map(({ channels }) => channels);
  const planOf = (code: Code) => planNetwork(resizeNetwork(seed, map, new Map(groups.map(({ id }, at) => [id, (code[at] as number) + 1]))));
  const known = new Map<string, number[]>();
  const valuesOf = (code: Code): number[] => {
    const key = code.join();
    const values = known.get(key) ?? networkCosts(planOf(code), metrics);
    known.set(key, values);
    return values;
  };
  const meets = (code: Code, targets: Targets) =>
    metrics.every(({ id }, index) => (valuesOf(code)[index] as number) <= (targets[id] ?? Infinity));
  const assertReachable = (targets: Targets) => {
    const narrowest = widths.map(() => 0);
    if (!meets(narrowest, targets)) throw infeasible(shortfall(narrowestTable(seed, map, metrics), targets) ?? [], 'choice of channels');
  };
  /** The widest network within the targets whose widths above one keep the code's proportions. */
  const narrowed = (code: Code, targets: Targets): Code => {
    if (meets(code, targets)) return code;
    assertReachable(targets);
    const shrunk = (share: number) => code.map((less) => Math.floor(share * less));
    let [fits, breaks] = [0, 1];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (fits + breaks) / 2;
      if (meets(shrunk(middle), targets)) fits = middle;
      else breaks = middle;
    }
    return shrunk(fits);
  };
  return {
    kind: 'channels',
    options: widths,
    costs: (code) => costsByMetric(metrics, valuesOf(code)),
    meets,
    list: () => null,
    /** Each width uniform, then all narrowed by the same share until the network fits. */
    draw: (random: Random, targets: Targets) =>
      narrowed(
        widths.map((width) => random.integer(width)),
        targets,
      ),
    changed: (code, random, targets) =>
      changedWithin(
        code,
        random,
        (place) => random.integer(widths[place] as number),
        (changed) => meets(changed, targets),
      ),
    /** The seed network narrowed, then one channel more wherever it adds most, as long as one fits: a few percent short at times. */
    largest(targets: Targets, by: Size) {
      const measured = metrics.findIndex(({ id }) => id === by);
      let code = narrowed(
        widths.map((width) => width - 1),
        targets,
      );
      for (;;) {
        const wider = code.flatMap((less, at) => {
          const grown = code.with(at, less + 1);
          return less + 1 < (widths[at] as number) && meets(grown, targets) ? [grown] : [];
        });
        if (wider.length === 0) return code;
        code = wider.reduce((best, next) => ((valuesOf(next)[measured] as number) > (valuesOf(best)[measured] as number) ? next : best));
      }
    },
    describe(code) {
      const layers = groups.flatMap(({ channels: total, layers: paths }, at) =>
        paths.map((layer) => ({ layer, kept: (code[at] as number) + 1, total })),
      );
      const order = seed.layers.map(({ id }) => id);
      return { plan: planOf(code), choice: {}, channels: layers.toSorted((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer)) };
    },
  };
}
