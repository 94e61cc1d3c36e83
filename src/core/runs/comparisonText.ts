/** What a comparison says, in words and figures. */
import type { Costs } from '../cost/metrics';
import type { ComparedNetwork, SearchResult } from '../search/events';
import { isBetter, qualityText, type Quality } from '../tasks/task';
import { qualityNames } from './qualityNames';

/** The most random networks that are trained at once. */
export const MOST_RANDOM = 20;

const largestNames = { largestParams: 'largest by parameters', largestMacs: 'largest by MACs' } as const;

export const comparedNames: Readonly<Record<ComparedNetwork['as'], string>> = {
  ...largestNames,
  found: 'found network, from scratch',
  random: 'random network',
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
      : [{ of: 'seedNetwork', name: qualityNames.seedNetwork, costs: costs.seedNetwork, quality: quality.seedNetwork }];
  const randoms = comparison.filter((network) => network.as === 'random');
  const trained = (Object.keys(comparedNames) as ComparedNetwork['as'][]).flatMap((as) =>
    comparison
      .filter((network) => network.as === as)
      .map((network) => {
        const number = as === 'random' ? ` ${randoms.indexOf(network) + 1}` : '';
        return { of: as, name: `${comparedNames[as]}${number}`, costs: network.costs, quality: network.quality };
      }),
  );
  return [{ of: 'final', name: 'found network, as handed over', costs: costs.final, quality: quality.final }, ...seed, ...trained];
}

/** Whether the found network beats the others, in one or two sentences; null before there is another. */
export function verdict(result: SearchResult, quality: Quality): string | null {
  const { comparison = [] } = result;
  const found = comparison.find(({ as }) => as === 'found');
  if (!comparison.some(({ as }) => as !== 'found')) return null;
  const answer = (value: number) => [againstRandom(comparison, quality, value), againstLargest(comparison, quality, value, found)];
  const joined = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(', and ');
  const handedOver = joined(answer(result.quality.final));
  if (!found) return `As the search handed it over, the found network ${handedOver}.`;
  return `Trained from scratch like the others, the found network ${joined(answer(found.quality))}. As the search handed it over, it ${handedOver}.`;
}

/** How much of a difference chance makes; null where that is not known. @param count of test examples */
export function caution({ quality }: SearchResult, { id, unit, word }: Quality, count: number, examples: string): string | null {
  if (id !== 'accuracy' || unit !== '%' || count <= 0) return null;
  // All right or all wrong in a few examples does not mean that nothing is left to chance.
  const share = Math.min(Math.max(quality.final, 1 / count), 1 - 1 / count);
  const error = Math.sqrt((share * (1 - share)) / count);
  return `Measured on ${count.toLocaleString('en')} test ${examples}, each ${word} has a standard error of about ${points(error)}, so that one run’s difference of about ${points(Math.SQRT2 * error)} is noise.`;
}

function againstRandom(comparison: readonly ComparedNetwork[], quality: Quality, value: number): string | null {
  const randoms = comparison.filter(({ as }) => as === 'random');
  if (randoms.length === 0) return null;
  const beaten = randoms.filter((random) => isBetter(quality, value, random.quality)).length;
  if (randoms.length === 1) return beaten === 1 ? 'beats the random one' : 'does not beat the random one';
  return `beats ${beaten} of ${randoms.length} random ones`;
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
  const nameOf = (as: keyof typeof largestNames) => (largest.length === 1 ? 'largest that fits' : largestNames[as]);
  const alike = largest.find((network) => found && sameNetwork(network, found));
  if (alike && value === found?.quality) return `is itself the ${nameOf(alike.as)}`;
  const [first, second] = largest.map((network) => {
    return `${difference(quality, value, network.quality)} the ${nameOf(network.as)}`;
  });
  return `is ${first}${second === undefined ? '' : ` and ${second}`}`;
}

const sameNetwork = (a: ComparedNetwork, b: ComparedNetwork) =>
  JSON.stringify([a.choice, a.channels]) === JSON.stringify([b.choice, b.channels]);

/** "2.1 points better than" */
function difference(quality: Quality, value: number, other: number): string {
  const size = Math.abs(value - other);
  const text = quality.unit === '%' ? points(size) : qualityText(quality, size);
  if (Number.parseFloat(text) === 0) return 'as good as';
  return `${text} ${isBetter(quality, value, other) ? 'better' : 'worse'} than`;
}

function points(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text} ${text === '1.0' ? 'point' : 'points'}`;
}
