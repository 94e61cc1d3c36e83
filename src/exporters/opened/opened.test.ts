import { expect, it } from 'vitest';
import { goldenFloats } from '../../../tests/support/goldenFloat';
import { goldenNetworks } from '../../../tests/support/goldenInt8';
import { deviceCosts } from '../../core/cost/deviceCosts';
import { devices, type Device } from '../../core/cost/devices/index';
import { said } from '../../core/language/told';
import { planNetwork } from '../../core/network/plan';
import { planArena } from '../../core/quantize/arena';
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

it('counts four bytes of a float, and costs it as int8 all the same', () => {
  const [{ file, output }] = goldenFloats as [(typeof goldenFloats)[number]];
  const { graph, summary } = openNetwork(file, 'ic.tflite');
  const parameters = graph.operations.reduce((sum, of) => sum + ('weights' in of ? of.weights.length + of.bias.length : 0), 0);
  expect(summary).toMatchObject({ numbers: 'float32', constantBytes: 4 * parameters, activationBytes: 4 * planArena(graph).bytes });
  expect(summary.input).toMatchObject({ shape: [16, 16, 3], range: null });
  expect(summary.output.shape).toEqual([output.length]);
  expect(summary.costs[0]?.costs.params).toBe(parameters);
  expect(summary.costs[0]?.costs.ramBytes).toBeLessThan(summary.activationBytes);
});

it('says which device does not run a network, and still what it takes there', () => {
  const wide = planNetwork({
    input: [8, 8, 2],
    layers: [{ id: 'wide', op: 'depthwiseConv2d', kernel: [5, 5], stride: [1, 1], padding: 'same', bias: true, inputs: ['input'] }],
  });
  const found = deviceCosts(wide, devices.values());
  const gap9 = found.find(({ name }) => name.startsWith('GAP9'));
  expect(said(gap9?.problem ?? '')).toContain('3x3 kernels only; "wide" has 5x5');
  expect(Object.keys(gap9?.costs ?? {})).toEqual(['flashBytes', 'ramBytes', 'macs', 'params']);
  expect(found.filter(({ problem }) => problem !== null)).toEqual([gap9]);
  expect(found[0]?.costs.latencyMs).toBeGreaterThan(0);
});

it('says why examples do not fit', () => {
  const { summary } = open('kws');
  const task = taskFor('kws');
  const dataset = task.builtIn.make(0, 0);
  const changed = { ...summary, input: { ...summary.input, shape: dataset.shape } };
  const gives = (shape: readonly number[]) => misfitOf({ ...changed, output: { ...summary.output, shape } }, { task, dataset });
  expect(gives([12])).toBeNull();
  expect(said(gives([11]) ?? '')).toBe('kws.tflite gives 11 numbers, and "Built-in word-like sounds" has 12 classes.');
  expect(said(misfitOf({ ...summary, input: { ...summary.input, shape: [3] } }, { task, dataset }) ?? '')).toMatch(
    /reads \[3\], and the clips of .* have/,
  );
});
