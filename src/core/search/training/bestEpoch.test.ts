import { scalar, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { BestEpoch } from './bestEpoch';

describe('the best epoch', () => {
  beforeAll(() => useBackend('cpu'));

  async function after(qualities: readonly number[], patience: number, from = 0, better: 'higher' | 'lower' = 'higher') {
    const value = variable(scalar(-1));
    const best = new BestEpoch([value], { better }, patience, from);
    let ended = -1;
    for (const [epoch, quality] of qualities.entries()) {
      value.assign(scalar(epoch));
      if (!best.take({ quality, loss: 1 - quality }, epoch)) continue;
      ended = epoch;
      break;
    }
    best.restore();
    best.dispose();
    const [restored] = await value.data();
    return { ended, restored };
  }

  it('is gone back to', async () => {
    expect(await after([0.1, 0.5, 0.4, 0.3], 0)).toEqual({ ended: -1, restored: 1 });
  });

  it('ends a phase when no better one came for as long as patience lasts', async () => {
    expect(await after([0.1, 0.5, 0.4, 0.6, 0.3, 0.2, 0.9], 2)).toEqual({ ended: 5, restored: 3 });
  });

  it('is sought from a given epoch on', async () => {
    expect(await after([0.9, 0.8, 0.3, 0.4], 1, 2)).toEqual({ ended: -1, restored: 3 });
  });

  it('is gone on with from what an earlier sitting knew', async () => {
    const value = variable(scalar(7));
    const best = new BestEpoch([value], { better: 'higher' }, 2);
    const scores = [0.3, 0.5, 0.4].map((quality) => ({ quality, loss: 1 }));
    best.goOn(scores, [Float32Array.of(1)]);
    expect(best.take({ quality: 0.5, loss: 1 }, 3)).toBe(true);
    best.restore();
    best.dispose();
    expect([...(await value.data())]).toEqual([1]);
  });

  it('is the lowest where lower is better', async () => {
    expect(await after([0.9, 0.4, 0.7], 0, 0, 'lower')).toMatchObject({ restored: 1 });
  });
});
