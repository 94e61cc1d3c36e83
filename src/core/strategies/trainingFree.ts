import { WorkbenchError } from '../errors';
import { word } from '../language/say';
import { sayLater } from '../language/told';
import type { Targets } from '../cost/metrics';
import { initialWeights } from '../network/parameters';
import { createRandom } from '../random';
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
        const highest = yield* ranked(kit, targets, count);
        return yield* halveWithinBudget(kit, targets, highest.slice(0, count));
      },
  ),
};

/**
 * The ranked networks, the highest score first; among equal ones the largest. They are all that meet the targets where a space can be
 * listed and holds no more than the score's `most`, else different ones drawn at random.
 * @param count the networks that will be tried
 * @throws WorkbenchError `invalid-setting` when those are more than are ranked
 */
async function* ranked(kit: SearchKit, targets: Targets, count: number): AsyncGenerator<SearchEvent, Code[]> {
  const score = scoreFor(kit.config.score);
  const listed = kit.networks.list(targets);
  const most = Math.min(MOST_DRAWN, score.most);
  const all = listed && listed.length <= score.most ? listed : null;
  if (!all && count > most)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('{wanted} networks were to be tried, and the score {score} ranks {most} at most here; try {most} or fewer (--networks)', {
        wanted: String(count),
        score: score.id,
        most: String(most),
      }),
    );
  const codes = all ?? drawDifferent(kit, targets, most);
  const examples = kit.data.statisticsBatches().next().x;
  const rows: { readonly code: Code; readonly score: number; readonly size: number }[] = [];
  for (const code of codes) {
    const { plan } = kit.networks.describe(code);
    const found = await kit.rank(() =>
      score.of({
        plan,
        balance: () => kit.networks.balance(code),
        // The same stream for each, so that networks with equal layers have equal values in them.
        weights: () => initialWeights(plan, createRandom(kit.config.randomSeed, 'ranking')),
        examples,
      }),
    );
    rows.push({ code, score: found ?? -Infinity, size: kit.networks.costs(code).params as number });
    yield { kind: 'ranking', done: rows.length, total: codes.length };
  }
  return rows.toSorted((a, b) => (a.score === b.score ? b.size - a.size : b.score - a.score)).map(({ code }) => code);
}
