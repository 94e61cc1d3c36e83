import { word } from '../language/say';
import type { Targets } from '../cost/metrics';
import { initialWeights } from '../network/parameters';
import type { SearchEvent } from '../search/events';
import type { SearchKit } from '../search/kit';
import type { Code } from '../search/networks/networks';
import { scoreFor } from '../search/scores/index';
import { drawDifferent, halveWithinBudget, halvingPlans, networksToTry } from './halving';
import { atDerivation, type Strategy } from './strategy';

/** The most networks that are drawn to be ranked where a space cannot be listed. */
const MOST_DRAWN = 1000;

/**
 * Ranks networks that meet the targets by a score before any is trained, and halves the highest ones within the budget. The ranking
 * trains nothing, so its work is not part of the budget.
 */
export const trainingFree: Strategy = {
  id: 'training-free',
  label: word('Ranked without training'),
  help: word('ranks networks by a score before any is trained, and trains the better half of the highest on until one is left'),
  searches: ['candidates', 'channels'],
  eitherSpace: true,
  gradients: false,
  options: ['space', 'budget', 'networks', 'score'],
  phases: halvingPlans,
  search: atDerivation(
    (kit) =>
      async function* (targets) {
        const count = networksToTry(kit, targets);
        const highest = yield* ranked(kit, targets);
        return yield* halveWithinBudget(kit, targets, highest.slice(0, count));
      },
  ),
};

/**
 * The ranked networks, the highest score first; among equal ones the largest. They are all that meet the targets where a space can be
 * listed and holds no more than the score's `most`, else different ones drawn at random.
 */
async function* ranked(kit: SearchKit, targets: Targets): AsyncGenerator<SearchEvent, Code[]> {
  const score = scoreFor(kit.config.score);
  const listed = kit.networks.list(targets);
  const codes = listed && listed.length <= score.most ? listed : drawDifferent(kit, targets, Math.min(MOST_DRAWN, score.most));
  const examples = kit.data.statisticsBatches().next().x;
  const rows: { readonly code: Code; readonly score: number; readonly size: number }[] = [];
  for (const code of codes) {
    const { plan } = kit.networks.describe(code);
    // The same stream for each, so that networks with equal layers have equal values in them.
    const found = await score.of({
      plan,
      balance: () => kit.networks.balance(code),
      weights: () => initialWeights(plan, kit.random('ranking')),
      examples,
    });
    rows.push({ code, score: Number.isFinite(found) ? found : -Infinity, size: kit.networks.costs(code).params as number });
    yield { kind: 'ranking', done: rows.length, total: codes.length };
    await kit.pause();
  }
  return rows.toSorted((a, b) => (a.score === b.score ? b.size - a.size : b.score - a.score)).map(({ code }) => code);
}
