import { expect, it } from 'vitest';
import type { SearchConfig } from '../../core/config/searchConfig';
import { cellKey } from './cellKey';

const config = { task: 'ic', randomSeed: 1, epochs: { warmup: 1, search: 2 } } as unknown as SearchConfig;

it('is the same whatever the order of members, and another one for other numbers', () => {
  const reordered = { epochs: { search: 2, warmup: 1 }, randomSeed: 1, task: 'ic' } as unknown as SearchConfig;
  const key = cellKey({ config }, 'data', 'wasm');
  expect(key).toMatch(/^[\da-f]{32}$/);
  expect(cellKey({ config: reordered }, 'data', 'wasm')).toBe(key);
  const others = [
    cellKey({ config: { ...config, randomSeed: 2 } }, 'data', 'wasm'),
    cellKey({ config }, 'other', 'wasm'),
    cellKey({ config }, 'data', 'cpu'),
    cellKey({ config, train: 'seedNetwork' }, 'data', 'wasm'),
    cellKey({ config, timedOn: 'a machine' }, 'data', 'wasm'),
  ];
  expect(new Set([key, ...others]).size).toBe(6);
});
