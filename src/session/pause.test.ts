import { describe, expect, it } from 'vitest';
import { createPause } from './pause';

describe('a pause', () => {
  it('ends for each of two that wait at once, in order, after waiting messages', async () => {
    const pause = createPause();
    const ended: string[] = [];
    const both = Promise.all([pause().then(() => ended.push('first')), pause().then(() => ended.push('second'))]);
    expect(ended).toEqual([]);
    await both;
    expect(ended).toEqual(['first', 'second']);
  });
});
