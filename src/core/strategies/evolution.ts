import { word } from '../language/say';
import type { Targets } from '../cost/metrics';
import type { Random } from '../random';
import type { SearchKit } from '../search/kit';
import type { Code } from '../search/networks/networks';
import { assertBudgetFor, budgetOf } from './budget';
import { halvingPlans, networksToTry, trainRest } from './halving';
import { atDerivation, type Strategy } from './strategy';
import { featuresOf, fitEnsemble } from './surrogate';
import { Trials, type Trial } from './trials';

/** Share of the budget that goes to evaluations, one epoch each; the rest trains the best network on. */
const SHARE = 0.5;

/** Share of the population from which a parent is chosen, as in the paper (25 of 100). */
const SAMPLE = 0.25;

/** Changed networks of a parent, of which the surrogate picks the one to train. */
const CHILDREN = 16;

/** Draws that may repeat a known network before the space counts as exhausted. */
const TRIES = 1000;

/** A network that was tried. */
interface Individual {
  readonly code: Code;
  readonly loss: number;
}

/**
 * Regularised evolution (Real et al., arXiv 1802.01548): the best of a few members of the population has a child that differs in one
 * place or number of channels, and the oldest member dies. Of many possible children a surrogate picks the most promising. Every
 * network meets the targets. Each trains one epoch on the same batches; the one with the least loss is trained on.
 */
export const evolution: Strategy = {
  id: 'evolution',
  label: word('Evolution'),
  help: word('changes good networks in one place at a time, tries the changes that promise most, and trains the best network on'),
  searches: ['candidates', 'channels'],
  eitherSpace: true,
  gradients: false,
  options: ['space', 'budget', 'networks'],
  phases: halvingPlans,
  search: atDerivation(
    (kit) =>
      async function* (targets) {
        const population = networksToTry(kit, targets);
        const trials = new Trials(kit, targets);
        try {
          const budget = budgetOf(kit);
          const before = kit.trainedMacs;
          const tried: Individual[] = [];
          const random = kit.random('evolution');
          let best: Trial | null = null;
          for (;;) {
            const code = nextOf(kit, targets, tried, population, random);
            if (!code) break;
            const { plan } = kit.networks.describe(code);
            const epoch = kit.workOf([kit.plan('trials', 1, plan)]);
            if (!best) assertBudgetFor(kit, 2 * epoch);
            const work = kit.trainedMacs - before + epoch;
            if (best && work > SHARE * budget) break;
            const trial: Trial = trials.draw(code);
            yield* trials.round([trial], 1, 'evolution');
            tried.push({ code, loss: trial.loss });
            best = best && best.loss <= trial.loss ? best : trial;
            trials.keep([best]);
          }
          return yield* trainRest(kit, trials, best as Trial, budget - (kit.trainedMacs - before));
        } finally {
          trials.dispose();
        }
      },
  ),
};

/**
 * The network to try next: at random until the population is complete, then a child. Null if no other network is found.
 * @param tried every network so far
 * @param population how many of the last ones live
 */
export function nextOf(
  kit: Pick<SearchKit, 'networks'>,
  targets: Targets,
  tried: readonly Individual[],
  population: number,
  random: Random,
) {
  const { networks } = kit;
  const known = new Set(tried.map(({ code }) => code.join()));
  if (tried.length >= population) {
    const parent = parentOf(tried.slice(-population), random);
    const children = new Map<string, Code>();
    for (let child = 0; child < CHILDREN; child++) {
      const code = networks.changed(parent.code, random, targets);
      if (!known.has(code.join())) children.set(code.join(), code);
    }
    if (children.size > 0) return mostPromising([...children.values()], kit, tried, random);
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const code = networks.draw(random, targets);
    if (!known.has(code.join())) return code;
  }
  return null;
}

/** The best of a few different members at random. */
function parentOf(population: readonly Individual[], random: Random): Individual {
  const order = random.shuffle(population.map((_, index) => index));
  const sample = order.slice(0, Math.max(2, Math.round(SAMPLE * population.length)));
  return sample.map((index) => population[index] as Individual).reduce((a, b) => (b.loss < a.loss ? b : a));
}

/** The network whose loss may be least: the prediction less one standard deviation. */
function mostPromising(codes: readonly Code[], { networks }: Pick<SearchKit, 'networks'>, tried: readonly Individual[], random: Random) {
  const predict = fitEnsemble(
    tried.map(({ code }) => featuresOf(networks, code)),
    tried.map(({ loss }) => loss),
    random,
  );
  const promises = codes.map((code) => {
    const { mean, spread } = predict(featuresOf(networks, code));
    return mean - spread;
  });
  return codes[promises.indexOf(Math.min(...promises))] as Code;
}
