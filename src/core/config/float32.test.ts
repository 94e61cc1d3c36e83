import { describe, expect, it } from 'vitest';
import { smallConfig, smallSearch } from '../../../tests/support/search';
import { assertInFloat32 } from './float32';
import type { SearchConfig } from './searchConfig';

const warmup = (rate: number) => ({ warmup: { ...smallConfig.warmup, rate } });
const temperature = (end: number) => ({ temperature: { start: 1, end } });

describe('settings in 32-bit numbers', () => {
  it.each<[string, Partial<SearchConfig>]>([
    ['learning rate of the weights is 1e-60, which is 0', { weightRate: 1e-60 }],
    ['learning rate of the architecture is 1e-46, which is 0', { archRate: 1e-46 }],
    ['learning rate of warm-up is 1e-39, which is 0', warmup(1e-39)],
    ['weight decay is 1e-50, which is 0', { weightDecay: 1e-50 }],
    ['temperature at the start is 0, which is 0', { temperature: { start: 0, end: 1 } }],
    ['temperature at the end is 1e-45, which is 0', temperature(1e-45)],
    ['temperature at the end is 1e+39, which is no finite number', temperature(1e39)],
    ['strength against equal weights (ICV) is 1e-300, which is 0', { icv: 1e-300 }],
    ['strength of the objective is 1e-46, which is 0', { objective: { metrics: ['flashBytes'], strength: 1e-46 } }],
    ['memory target is Infinity, which is no finite number', { targets: { flashBytes: Infinity } }],
  ])('the %s: refused by name', (what, change) => {
    expect(() => assertInFloat32({ ...smallConfig, ...change })).toThrow(`The ${what} in the 32-bit numbers of training: set it between`);
  });

  it('may be 0 where that is meant', () => {
    expect(() => assertInFloat32({ ...smallConfig, weightDecay: 0, icv: 0 })).not.toThrow();
  });

  it('are looked at before anything is made', () => {
    expect(() => smallSearch(temperature(1e-45))).toThrow(/The temperature at the end is 1e-45/);
  });
});
