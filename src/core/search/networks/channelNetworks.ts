/** The networks of a space of channel counts. */
import { layerBalance } from '../../cost/balance';
import { costRows, costsFrom, layerRows } from '../../cost/costRows';
import { networkCosts } from '../../cost/costTable';
import type { Metric, Targets } from '../../cost/metrics';
import { params } from '../../cost/params';
import { channelMap } from '../../network/channels';
import { planNetwork, type NetworkPlan } from '../../network/plan';
import { resizeNetwork } from '../../network/prune';
import { createRandom, type Random } from '../../random';
import { narrowestTable } from '../architectures/channelFit';
import { shortfall } from '../constraints/reach';
import { infeasible } from '../constraints/sentences';
import { changedWithin } from './changedWithin';
import { costsByMetric } from './costsByMetric';
import type { Code, Networks } from './networks';

/** Halvings of the interval in which the common share of all widths is sought. */
const HALVINGS = 20;

/** The widest layer over the first stride in which channels are added. Larger first strides were faster, but found smaller networks. */
const STRIDES = 32;

/** Random networks from which the largest one is sought. */
const STARTS = 12;

/** A cost this close to its target, as a share of the target, is worked out again with sums in the order of all other costs. */
const CLOSE = 1e-9;

/** @param seed the network at its full width */
export function channelNetworks(seed: NetworkPlan, metrics: readonly Metric[]): Networks {
  const map = channelMap(seed);
  const { groups } = map;
  const widths = groups.map(({ channels }) => channels);
  const sizesOf = (code: Code) => new Map(groups.map(({ id }, at) => [id, (code[at] as number) + 1]));
  const planOf = (code: Code) => planNetwork(resizeNetwork(seed, map, sizesOf(code)));
  const rows = costRows(seed, map, metrics);
  const quickCosts = (code: Code) => costsFrom(rows, sizesOf(code));
  const exactCosts = (code: Code) => networkCosts(planOf(code), metrics);
  const paramsOfLayers = layerRows(seed, map, params);
  const balance = (code: Code) => costsFrom(paramsOfLayers, sizesOf(code)).reduce((sum, n) => sum + layerBalance(n), 0);
  const largestKnown = new Map<string, Code>();
  const meets = (code: Code, targets: Targets) => {
    const within = (costs: readonly number[], slack: number) =>
      metrics.every(({ id }, index) => (costs[index] as number) <= (targets[id] ?? Infinity) * (1 + slack));
    const costs = quickCosts(code);
    return within(costs, -CLOSE) || (within(costs, CLOSE) && within(exactCosts(code), 0));
  };
  const assertReachable = (targets: Targets) => {
    const narrowest = widths.map(() => 0);
    if (!meets(narrowest, targets)) throw infeasible(shortfall(narrowestTable(seed, map, metrics), targets) ?? [], 'channels');
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
  /** More channels wherever they add most to the size, as long as some fit: many at a time at first, one at a time at last. */
  const widened = (narrow: Code, targets: Targets, size: (code: Code) => number): Code => {
    let code = narrow;
    let more = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(...widths) / STRIDES)));
    while (more >= 1) {
      const wider = code.flatMap((less, at) => {
        const grown = code.with(at, less + more);
        return less + more < (widths[at] as number) && meets(grown, targets) ? [grown] : [];
      });
      if (wider.length === 0) more /= 2;
      else code = wider.reduce((best, next) => (size(next) > size(best) ? next : best));
    }
    return code;
  };
  return {
    kind: 'channels',
    options: widths,
    costs: (code) => costsByMetric(metrics, exactCosts(code)),
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
    /** The largest of some networks that were narrowed until they fit and then widened again: the seed network and random ones. */
    largest(targets, by) {
      const key = JSON.stringify([targets, by]);
      const found = largestKnown.get(key);
      if (found) return found;
      const measured = metrics.findIndex(({ id }) => id === by);
      const size = by === 'balance' ? balance : (code: Code) => quickCosts(code)[measured] as number;
      const random = createRandom(0, 'largest');
      const starts = [
        widths.map((width) => width - 1),
        ...Array.from({ length: STARTS }, () => widths.map((width) => random.integer(width))),
      ];
      const largest = starts
        .map((start) => widened(narrowed(start, targets), targets, size))
        .reduce((best, code) => (size(code) > size(best) ? code : best));
      largestKnown.set(key, largest);
      return largest;
    },
    balance,
    filled: (code, targets) => widened(code, targets, balance),
    describe(code) {
      const layers = groups.flatMap(({ channels: total, layers: paths }, at) =>
        paths.map((layer) => ({ layer, kept: (code[at] as number) + 1, total })),
      );
      const order = seed.layers.map(({ id }) => id);
      return { plan: planOf(code), choice: {}, channels: layers.toSorted((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer)) };
    },
  };
}
