import { describe, expect, it } from 'vitest';
import { assertHarmless, seeds } from '../../tests/support/damagedFiles';

/** So many of each: 3,000 of every format. ZIP, TAR and IDX have two kinds each, which share them. */
const numbers = {
  zip: 1500,
  zip64: 1500,
  tar: 1500,
  'tar.gz': 1500,
  npy: 3000,
  npz: 3000,
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
