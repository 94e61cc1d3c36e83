import { expect, it } from 'vitest';
import { goldenNetworks } from '../../../tests/support/goldenInt8';
import { deviceCosts } from '../../core/cost/deviceCosts';
import { devices, type Device } from '../../core/cost/devices/index';
import { planNetwork } from '../../core/network/plan';
import { asNetwork } from '../../core/quantize/asNetwork';
import { openNetwork } from './opened';
import { misfitOf } from './quality';
import { taskFor } from '../../core/tasks/index';

const open = (space: string) => {
  const { file } = goldenNetworks.find((network) => network.space === space) as (typeof goldenNetworks)[number];
  return openNetwork(new Uint8Array(Buffer.from(file, 'base64')), `${space}.tflite`);
};

it('says what a file holds, and what it costs on every device', () => {
  const { graph, summary } = open('kws');
  expect(summary.costs.map(({ name }) => name)).toEqual([...devices.values()].map(({ name }) => name));
  const [first] = summary.costs;
  const sum = (of: 'macs' | 'flashBytes') => summary.layers.reduce((total, layer) => total + layer[of], 0);
  expect(sum('macs')).toBe(first?.costs.macs);
  expect(sum('flashBytes')).toBe(first?.costs.flashBytes);
  expect(sum('macs')).toBeGreaterThan(0);
  expect(summary.layers.map(({ operation }) => operation)).toEqual(graph.operations.map(({ kind }) => kind));
  expect(summary.layers.at(-1)?.name).toBe(summary.output.name);
});

it('names the memories that a device is short of', () => {
  const { graph, summary } = open('kws');
  const device = [...devices.values()][0] as Device;
  const plan = planNetwork(asNetwork(graph));
  const { flashBytes, ramBytes } = summary.costs[0]?.costs as { flashBytes: number; ramBytes: number };
  const exceeds = (flash: number, ram: number | null) => deviceCosts(plan, [{ ...device, flashBytes: flash, ramBytes: ram }])[0]?.exceeds;
  expect(exceeds(flashBytes, ramBytes)).toEqual([]);
  expect(exceeds(flashBytes - 1, null)).toEqual(['flashBytes']);
  expect(exceeds(flashBytes - 1, ramBytes - 1)).toEqual(['flashBytes', 'ramBytes']);
});

it('says why examples do not fit', () => {
  const { summary } = open('kws');
  const task = taskFor('kws');
  const dataset = task.builtIn.make(0, 0);
  const changed = { ...summary, input: { ...summary.input, shape: dataset.shape } };
  const gives = (shape: readonly number[]) => misfitOf({ ...changed, output: { ...summary.output, shape } }, { task, dataset });
  expect(gives([12])).toBeNull();
  expect(gives([11])).toBe('kws.tflite gives 11 numbers, and "Built-in word-like sounds" has 12 classes.');
  expect(misfitOf({ ...summary, input: { ...summary.input, shape: [3] } }, { task, dataset })).toMatch(
    /reads \[3\], and the clips of .* have/,
  );
});
