/** What a comparison says, in words and figures. */
import type { Costs } from '../cost/metrics';
import { say, word } from '../language/say';
import type { ComparedNetwork, SearchResult } from '../search/events';
import { isBetter, qualityText, type Quality } from '../tasks/task';
import { qualityNames } from './qualityNames';

/** The most random networks that are trained at once. */
export const MOST_RANDOM = 20;

const largestNames = { largestParams: word('largest by parameters'), largestMacs: word('largest by MACs') } as const;

export const comparedNames: Readonly<Record<ComparedNetwork['as'], string>> = {
  ...largestNames,
  found: word('found network, from scratch'),
  random: word('random network'),
};

/** A network of the comparison; besides those that were trained for it, the found one as handed over, and the seed network. */
export interface Point {
  readonly of: ComparedNetwork['as'] | 'final' | 'seedNetwork';
  readonly name: string;
  readonly costs: Costs;
  readonly quality: number;
}

/** All points of a result, in display order. */
export function pointsOf({ quality, costs, comparison = [] }: SearchResult): Point[] {
  const seed: Point[] =
    quality.seedNetwork === undefined
      ? []
      : [{ of: 'seedNetwork', name: say(qualityNames.seedNetwork), costs: costs.seedNetwork, quality: quality.seedNetwork }];
  const randoms = comparison.filter((network) => network.as === 'random');
  const trained = (Object.keys(comparedNames) as ComparedNetwork['as'][]).flatMap((as) =>
    comparison
      .filter((network) => network.as === as)
      .map((network) => {
        const name = as === 'random' ? say('random network {number}', { number: randoms.indexOf(network) + 1 }) : say(comparedNames[as]);
        return { of: as, name, costs: network.costs, quality: network.quality };
      }),
  );
  return [{ of: 'final', name: say('found network, as handed over'), costs: costs.final, quality: quality.final }, ...seed, ...trained];
}

/** Whether the found network beats the others, in one or two sentences; null before there is another. */
export function verdict(result: SearchResult, quality: Quality): string | null {
  const { comparison = [] } = result;
  const found = comparison.find(({ as }) => as === 'found');
  if (!comparison.some(({ as }) => as !== 'found')) return null;
  const answer = (value: number) => [againstRandom(comparison, quality, value), againstLargest(comparison, quality, value, found)];
  const handedOver = bothText(answer(result.quality.final));
  if (!found) return say('As the search handed it over, the found network {answer}.', { answer: handedOver });
  return say('Trained from scratch like the others, the found network {answer}. As the search handed it over, it {handedOver}.', {
    answer: bothText(answer(found.quality)),
    handedOver,
  });
}

/** How much of a difference chance makes; null where that is not known. @param count of test examples */
export function caution({ quality }: SearchResult, { id, unit, word: measure }: Quality, count: number, examples: string): string | null {
  if (id !== 'accuracy' || unit !== '%' || count <= 0) return null;
  // All right or all wrong in a few examples does not mean that nothing is left to chance.
  const share = Math.min(Math.max(quality.final, 1 / count), 1 - 1 / count);
  const error = Math.sqrt((share * (1 - share)) / count);
  return say(
    'Measured on {count, number} test {examples}, each {quality} has a standard error of about {error}, so that one run’s difference of about {noise} is noise.',
    { count, examples: say(examples), quality: say(measure), error: points(error), noise: points(Math.SQRT2 * error) },
  );
}

/** One answer or two. */
function bothText(answers: readonly (string | null)[]): string {
  const [first, second] = answers.filter((answer) => answer !== null);
  return second === undefined ? (first ?? '') : say('{first}, and {second}', { first: first as string, second });
}

function againstRandom(comparison: readonly ComparedNetwork[], quality: Quality, value: number): string | null {
  const randoms = comparison.filter(({ as }) => as === 'random');
  if (randoms.length === 0) return null;
  const beaten = randoms.filter((random) => isBetter(quality, value, random.quality)).length;
  if (randoms.length === 1) return beaten === 1 ? say('beats the random one') : say('does not beat the random one');
  return say('beats {beaten} of {all} random ones', { beaten, all: randoms.length });
}

function againstLargest(
  comparison: readonly ComparedNetwork[],
  quality: Quality,
  value: number,
  found: ComparedNetwork | undefined,
): string | null {
  const largest = comparison.flatMap((network) => {
    const { as } = network;
    return as === 'largestParams' || as === 'largestMacs' ? [{ ...network, as }] : [];
  });
  if (largest.length === 0) return null;
  const nameOf = (as: keyof typeof largestNames) => say(largest.length === 1 ? word('largest that fits') : largestNames[as]);
  const alike = largest.find((network) => found && sameNetwork(network, found));
  if (alike && value === found?.quality) return say('is itself the {network}', { network: nameOf(alike.as) });
  const [first, second] = largest.map((network) => ({ ...difference(quality, value, network.quality), network: nameOf(network.as) }));
  if (!first) return null;
  if (!second) return say('is {how, select, same {as good as} better {{by} better than} other {{by} worse than}} the {network}', first);
  return say(
    'is {how, select, same {as good as} better {{by} better than} other {{by} worse than}} the {network} and {how2, select, same {as good as} better {{by2} better than} other {{by2} worse than}} the {network2}',
    { ...first, how2: second.how, by2: second.by, network2: second.network },
  );
}

const sameNetwork = (a: ComparedNetwork, b: ComparedNetwork) =>
  JSON.stringify([a.choice, a.channels]) === JSON.stringify([b.choice, b.channels]);

/** How a quality compares with another one, and by how much as text. */
function difference(quality: Quality, value: number, other: number) {
  const size = Math.abs(value - other);
  const by = quality.unit === '%' ? points(size) : qualityText(quality, size);
  const shown = quality.unit === '%' ? (100 * size).toFixed(1) : size;
  const how = Number(shown) === 0 ? 'same' : isBetter(quality, value, other) ? 'better' : 'worse';
  return { how, by };
}

function points(share: number): string {
  const text = (100 * share).toFixed(1);
  return say(text === '1.0' ? '{points} point' : '{points} points', { points: text });
}
