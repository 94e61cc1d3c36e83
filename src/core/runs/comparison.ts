/**
 * Was the search worth it? Trains the largest network that meets the result's targets, the found one and some random ones, all from
 * scratch and just alike.
 */
import { refusal, wholeRange } from '../config/domain';
import type { Size } from '../config/searchConfig';
import type { Targets } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import { alikeEpochs } from '../search/alikeEpochs';
import type { ComparedNetwork, SearchEvent } from '../search/events';
import type { SearchKit } from '../search/kit';
import { channelNetworks } from '../search/networks/channelNetworks';
import type { Described, Networks } from '../search/networks/networks';
import { disposeModel } from '../search/searchedModel';
import { trainAlike, untrained } from '../search/seedNetwork';
import { costsOf } from '../search/space';
import { MOST_RANDOM } from './comparisonText';

/** Draws in a row that bring no new network before there are taken to be no more. */
const TRIES = 1000;

export interface Question {
  readonly found: Described;
  readonly targets: Targets;
  /** What was trained for this result before; it is not trained again. */
  readonly done: readonly ComparedNetwork[];
  /** How many more random networks to train. */
  readonly random: number;
  /** How many searches the strategy makes one after the other. */
  readonly searches: number;
}

/** A network to train, under every name by which it is compared. */
interface Entrant extends Described {
  readonly as: readonly ComparedNetwork['as'][];
}

/**
 * Yields a `compared` event per network as soon as it is trained. A host may stop asking at any time.
 * @throws WorkbenchError `infeasible-targets` when no network can be drawn under the targets, `invalid-setting` when none is left
 */
export async function* compare(kit: SearchKit, question: Question): AsyncGenerator<SearchEvent, void> {
  const { searches } = question;
  const entrants = entrantsOf(kit, question);
  if (entrants.length === 0)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('Every network that meets the targets is trained already, so there is none left to compare.'),
    );
  const epochs = alikeEpochs(kit.config, searches);
  yield { kind: 'planned', phases: [planOf(kit, entrants, epochs)] };
  for (const [before, { as, plan, choice, channels }] of entrants.entries()) {
    const model = untrained(kit, plan);
    try {
      // All learn from the same batches.
      const order = kit.random('comparison batches');
      yield* trainAlike(kit, model, { phase: 'comparison', searches, epochsBefore: before * epochs, order });
      const { quality } = await kit.test(model);
      const costs = costsOf(plan, kit.space.metrics);
      for (const name of as) yield { kind: 'compared', step: kit.steps, as: name, choice, channels, costs, quality };
    } finally {
      disposeModel(model);
    }
  }
}

/** All of them as one phase, whose steps cost as much as theirs on average. */
function planOf(kit: SearchKit, entrants: readonly Entrant[], epochs: number) {
  const plans = entrants.map(({ plan }) => kit.plan('comparison', epochs, plan));
  const macs = plans.reduce((sum, plan) => sum + plan.macs, 0) / plans.length;
  return { ...kit.plan('comparison', epochs * entrants.length, kit.space.seed), macs };
}

function entrantsOf(kit: SearchKit, { found, targets, done, random, searches }: Question): Entrant[] {
  const instead = refusal(wholeRange(1, MOST_RANDOM), random);
  if (instead !== null)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('a comparison takes {range} of random networks, not {random}', { range: instead, random }),
    );
  const networks = networksFor(kit, targets, searches);
  const largest = (by: Size) => networks.describe(networks.largest(targets, by));
  const entrants = new Map<string, Entrant>();
  const enter = (as: ComparedNetwork['as'], network: Described) => {
    const before = entrants.get(keyOf(network))?.as ?? [];
    entrants.set(keyOf(network), { ...network, as: [...before, as] });
  };
  const byParams = largest('params');
  const byMacs = largest('macs');
  enter('largestParams', byParams);
  if (keyOf(byMacs) !== keyOf(byParams)) enter('largestMacs', byMacs);
  enter('found', found);
  const known = new Set([...entrants.keys(), ...done.map(keyOf)]);
  for (const network of drawn(kit, networks, targets, random, known)) enter('random', network);
  const trained = new Set(done.map(keyOf));
  return [...entrants].filter(([key]) => !trained.has(key)).map(([, entrant]) => entrant);
}

/** The space to compare with. Where it takes narrower layers to meet the targets at all, that of the seed network's channels. */
function networksFor(kit: SearchKit, targets: Targets, searches: number): Networks {
  try {
    kit.networks.largest(targets, 'params');
    return kit.networks;
  } catch (error) {
    if (searches === 1) throw error;
    return channelNetworks(kit.space.seed, kit.space.metrics);
  }
}

/** Different random networks that are not known yet; fewer where there are no more. */
function* drawn(kit: SearchKit, networks: Networks, targets: Targets, count: number, known: ReadonlySet<string>): Generator<Described> {
  const random = kit.random('comparison');
  const seen = new Set<string>();
  for (let [found, tries] = [0, 0]; found < count && tries < TRIES; tries++) {
    const code = networks.draw(random, targets);
    if (seen.has(code.join())) continue;
    seen.add(code.join());
    tries = 0;
    const network = networks.describe(code);
    if (known.has(keyOf(network))) continue;
    found += 1;
    yield network;
  }
}

/** The same for equal networks of a space. */
function keyOf({ choice, channels }: Pick<Described, 'choice' | 'channels'>): string {
  return JSON.stringify([Object.entries(choice).toSorted(), channels.map(({ layer, kept }) => [layer, kept])]);
}
