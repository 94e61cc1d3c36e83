import { expect, it } from 'vitest';
import type { ComparedNetwork, SearchResult } from '../search/events';
import { accuracy } from '../tasks/qualities/accuracy';
import { caution, pointsOf, verdict } from './comparisonText';

const network = (as: ComparedNetwork['as'], quality: number, place = `${as}${quality}`): ComparedNetwork => ({
  as,
  choice: { stem: place },
  channels: [],
  costs: { flashBytes: 1 },
  quality,
});
const resultWith = (...comparison: ComparedNetwork[]) =>
  ({
    quality: { id: 'accuracy', final: 0.8, seedNetwork: 0.9 },
    costs: { final: { flashBytes: 1 }, seedNetwork: { flashBytes: 2 } },
    comparison,
  }) as unknown as SearchResult;
const answer = (...comparison: ComparedNetwork[]) => verdict(resultWith(...comparison), accuracy);

it('says how many random networks are beaten, and how far the largest ones are away', () => {
  const randoms = [0.6, 0.7, 0.75].map((quality) => network('random', quality));
  expect(answer(network('largestParams', 0.79), network('found', 0.7), ...randoms)).toBe(
    'Trained from scratch like the others, the found network beats 1 of 3 random ones, and is 9.0 points worse than the largest that fits. As the search handed it over, it beats 3 of 3 random ones, and is 1.0 point better than the largest that fits.',
  );
  expect(answer(network('largestParams', 0.8), network('largestMacs', 0.82))).toBe(
    'As the search handed it over, the found network is as good as the largest by parameters and 2.0 points worse than the largest by MACs.',
  );
  const same = [network('largestParams', 0.7, 'same'), network('found', 0.7, 'same'), network('random', 0.7)];
  expect(answer(...same)).toContain('the found network does not beat the random one, and is itself the largest that fits.');
  expect(answer()).toBeNull();
  expect(answer(network('found', 0.7))).toBeNull();
});

it('warns of what chance makes of so many test examples', () => {
  expect(caution(resultWith(), accuracy, 400, 'pictures')).toBe(
    'Measured on 400 test pictures, each accuracy has a standard error of about 2.0 points, so that one run’s difference of about 2.8 points is noise.',
  );
  const all = { quality: { final: 1 } } as unknown as SearchResult;
  expect(caution(all, accuracy, 100, 'pictures')).toContain('about 1.0 point,');
  expect(caution(all, { ...accuracy, id: 'loss', unit: 'nats' }, 100, 'pictures')).toBeNull();
});

it('lists the found network and the seed network among the points, and numbers the random ones', () => {
  const points = pointsOf(resultWith(network('random', 0.5), network('largestParams', 0.6), network('random', 0.4)));
  expect(points.map(({ name, quality }) => [name, quality])).toEqual([
    ['found network, as handed over', 0.8],
    ['seed network, as many epochs', 0.9],
    ['largest by parameters', 0.6],
    ['random network 1', 0.5],
    ['random network 2', 0.4],
  ]);
});
