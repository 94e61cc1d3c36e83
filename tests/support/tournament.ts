/** A strategy that trains small networks one after another, decides by all that the kit tells it, and passes weights on. */
import { batchNorm, conv, relu } from '../../src/core/network/builders';
import { createParameters, initialWeights, shareParameters } from '../../src/core/network/parameters';
import type { Network, Layer } from '../../src/core/network/network';
import { planNetwork } from '../../src/core/network/plan';
import { frozen, variablesOf, type SearchKit } from '../../src/core/search/kit';
import type { Model } from '../../src/core/search/training/engine';
import { disposeModel } from '../../src/core/search/searchedModel';
import type { Strategy } from '../../src/core/strategies/strategy';

/** Dropout draws a seed in every step. */
function network(filters: number, dropout: boolean): Network {
  const layers = [
    { ...conv(filters, [3, 3], [4, 4], 'same') },
    batchNorm,
    relu,
    ...(dropout ? [{ op: 'dropout', rate: 0.3 } as const] : []),
    { op: 'globalAvgPool' } as const,
    { op: 'dense', units: 10, bias: true } as const,
  ];
  return {
    input: [32, 32, 3],
    layers: layers.map((layer, index) => ({ ...layer, id: `l${index}`, inputs: [index === 0 ? 'input' : `l${index - 1}`] }) as Layer),
  };
}

interface Rated {
  readonly model: Model;
  readonly rating: number;
}

async function* rate(kit: SearchKit, model: Model, weightRate: () => number) {
  const heard: number[] = [];
  const summary = yield* kit.train(
    {
      phase: 'search',
      epochs: 2,
      model,
      // eslint-disable-next-line require-yield -- no target moves here
      controls: async function* () {
        return { ...frozen, weightRate: weightRate() };
      },
      onLoss: (loss) => heard.push(loss),
      onEpoch: ({ loss }) => {
        heard.push(loss);
        return false;
      },
    },
    variablesOf(model),
  );
  const score = await kit.validate(model);
  return score.loss + (summary.lastLoss ?? 0) + heard.reduce((sum, value) => sum + value, 0);
}

export const tournament: Strategy = {
  id: 'tournament',
  label: 'Tournament',
  help: 'trains networks one after another',
  searches: ['candidates'],
  gradients: false,
  options: [],
  phases: (kit) => [kit.plan('search', 6, kit.space.seed)],
  async *search(kit) {
    const random = kit.random('tournament');
    const weightRate = () => 1e-2 * (0.5 + random.uniform());
    const alive = new Set<Model>();
    const end = (model: Model) => {
      alive.delete(model);
      disposeModel(model);
    };
    try {
      let found: Rated | undefined;
      for (let round = 0; round < 3; round++) {
        const plan = planNetwork(network(3 + random.integer(5), round === 1));
        const model = {
          plan,
          parameters: createParameters(plan, initialWeights(plan, kit.random(`weights ${round}`))),
          architecture: null,
        };
        alive.add(model);
        const rated: Rated = { model, rating: yield* rate(kit, model, weightRate) };
        const [better, worse]: readonly [Rated, Rated?] = !found ? [rated] : rated.rating < found.rating ? [rated, found] : [found, rated];
        found = better;
        if (worse) end(worse.model);
      }
      const { model } = found as Rated;
      // Its parent is gone before the kit sees it.
      const child = copyOf(model);
      alive.add(child);
      end(model);
      await kit.estimateStatistics(child);
      alive.delete(kit.hold(child));
      // eslint-disable-next-line require-yield -- it trains nothing, so it has no events
      return async function* () {
        return { network: child.plan.network, choice: {}, channels: [], model: copyOf(child) };
      };
    } finally {
      for (const model of alive) disposeModel(model);
    }
  },
};

const copyOf = ({ plan, parameters }: Model): Model => ({ plan, parameters: shareParameters(plan, parameters), architecture: null });
