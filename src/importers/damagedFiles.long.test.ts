import { describe, it } from 'vitest';
import { assertHarmless, seeds } from '../../tests/support/damagedFiles';

describe('many damaged files', () => {
  it.each(Object.keys(seeds))('of the kind %s give a data set or an error for people', (kind) => assertHarmless(kind, 10_000), 600_000);
});
