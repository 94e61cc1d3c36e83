import { expect, it } from 'vitest';
import { layerTable } from '../cost/layerTable';
import { CodedNetworks } from '../runs/codedNetworks';
import { balanceOf } from '../search/scores/size';
import { mostBalanced } from './mostBalanced';

it('no network that meets the targets spreads more parameters more evenly', () => {
  const networks = new CodedNetworks(10, ['candidates']);
  const targets = { flashBytes: 29_132, latencyMs: 4.225152 };
  const balance = (id: string) => layerTable(networks.planOf(id)).reduce((sum, row) => sum + balanceOf(row), 0);
  const found = `candidates ${mostBalanced(networks.space, targets).join('.')}`;
  const all = networks.random(targets, 10_000);
  expect(all).toHaveLength(networks.count(targets) as number);
  expect(all).toContain(found);
  expect(balance(found)).toBeCloseTo(Math.max(...all.map(balance)), 6);
});

it('says which targets no network meets', () => {
  const { space } = new CodedNetworks(10, ['candidates']);
  expect(() => mostBalanced(space, { flashBytes: 1000 })).toThrow(/flash memory/);
});
