import { describe, expect, it } from 'vitest';
import { assertHarmless, seeds } from '../../tests/support/damagedFiles';

/** So many of each; the kinds of one format share 3,000. */
const numbers = {
  zip: 1500,
  zip64: 1500,
  tar: 1500,
  'tar.gz': 1500,
  npy: 1500,
  npz: 1500,
  idx: 1500,
  'idx.gz': 1500,
  cifar: 3000,
  parquet: 3000,
};

describe('damaged files', () => {
  it.each(Object.entries(numbers))('of the kind %s give a data set or an error for people, soon and in little memory', assertHarmless);

  it('are of every kind', () => {
    expect(Object.keys(numbers)).toEqual(Object.keys(seeds));
  });
});
