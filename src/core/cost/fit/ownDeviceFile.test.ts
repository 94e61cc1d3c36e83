import { describe, expect, it } from 'vitest';
import { resnet8Supernet } from '../../network/resnet8';
import { planNetwork } from '../../network/plan';
import { networkCosts } from '../costTable';
import { deviceFrom, ownDeviceProblems, parseOwnDevice } from '../devices/ownDevice';
import { metricFor } from '../metrics';
import { benchmarks } from './benchmarks';
import { readOwnDevice } from './ownDeviceFile';
import { publishedBoards } from './publishedBoards';

const kinds = { conv2d: 1.5, pointwise: 2, depthwiseConv2d: 4, dense: 3 };
const described = {
  name: 'My board',
  clockHz: 48e6,
  flashBytes: 256_000,
  cyclesPerMac: kinds,
  cyclesPerOutput: { ...kinds, dense: 0 },
  fixedCycles: 5_000,
};
const noFiles = async () => null;
const read = (name: string, text: string, files: Record<string, string> = {}) =>
  readOwnDevice({ name, text }, async (network) => files[network] ?? null);

describe('a described device', () => {
  it('is read from JSON; what is left out is unknown', async () => {
    const { device, residuals } = await readOwnDevice({ name: 'mine.json', text: JSON.stringify(described) }, noFiles);
    expect(device).toEqual({ ...described, ramBytes: null, powerW: null });
    expect(residuals).toBeNull();
  });

  it('takes the cycles that its coefficients say', () => {
    const device = deviceFrom(parseOwnDevice(described));
    const [ms] = networkCosts(planNetwork(benchmarks.ic), [metricFor('latencyMs', device)]) as [number];
    // The work of ResNet-8 by kind: 12,238,848, 262,144 and 640 multiply-accumulates, 73,728, 12,288 and 10 outputs.
    const cycles = 1.5 * 12_238_848 + 2 * 262_144 + 3 * 640 + 1.5 * 73_728 + 2 * 12_288 + 5_000;
    expect(ms).toBeCloseTo(cycles / 48e3, 9);
  });

  it('says at each field what is wrong with it', () => {
    const wrong = {
      ...described,
      name: ' ',
      clockHz: 0,
      flashBytes: 1.5,
      powerW: 'a lot',
      cyclesPerMac: { ...kinds, dense: -1 },
      cyclesPerOutput: { conv2d: 1, pointwise: 1, dense: 1 },
      fixedCycles: Infinity,
      ramKB: 3,
    };
    expect(Object.fromEntries(ownDeviceProblems(wrong))).toEqual({
      name: 'must not be empty',
      clockHz: 'must be a number above 0',
      flashBytes: 'must be a whole number of bytes above 0, or left out',
      powerW: 'must be a number above 0, or left out',
      'cyclesPerMac.dense': 'must be a number of 1/65536 or more',
      'cyclesPerOutput.depthwiseConv2d': 'is missing',
      fixedCycles: 'must be a number not below 0',
      ramKB: expect.stringMatching(/^is not a field; there are name, clockHz/) as unknown,
    });
    expect(() => parseOwnDevice(wrong)).toThrow(
      /clockHz must be a number above 0; .*cyclesPerMac.dense must be a number of 1\/65536 or more/,
    );
    expect(() => parseOwnDevice(5)).toThrow('the device must be an object');
    expect(ownDeviceProblems(described).size).toBe(0);
  });

  it('is refused when it is not JSON, or of another kind', async () => {
    await expect(read('mine.json', '{')).rejects.toThrow(/mine.json is not JSON/);
    await expect(read('mine.txt', '')).rejects.toThrow(/.json file.*.csv file/);
  });
});

describe('a measured device', () => {
  const l4r5 = publishedBoards[0];
  const csv = [
    'network,latencyMs,energyUj',
    ...Object.entries(l4r5.rows).map(([id, row]) => `${id},${row.latencyMs},${row.energyUj}`),
  ].join('\n');

  it('gets a model that agrees with its measurements, and says how well', async () => {
    const { device, residuals } = await read('my board.csv', csv);
    expect(device.name).toBe('my board');
    for (const { network, latencyMs, modelMs, error, leftOutError } of residuals ?? []) {
      const plan = planNetwork(benchmarks[network as keyof typeof benchmarks]);
      const [ms] = networkCosts(plan, [metricFor('latencyMs', deviceFrom(device))]) as [number];
      expect(ms / modelMs).toBeCloseTo(1, 3);
      expect(error).toBeCloseTo(modelMs / latencyMs - 1, 9);
      expect(Math.abs(error)).toBeLessThan(0.25);
      expect(Math.abs(leftOutError as number)).toBeGreaterThan(Math.abs(error) - 1e-3);
    }
    expect(residuals).toHaveLength(4);
    // 6919 µJ in 165 ms and so on: some 42 mW.
    expect(device.powerW).toBeCloseTo(0.0415, 3);
  });

  it('takes one measurement, and networks of its own as the workbench saves them', async () => {
    const network = JSON.stringify({ network: benchmarks.kws, weights: {} });
    const { residuals } = await read('board.csv', 'network,latencyMs\r\n"mine.json",12.5\r\n\r\n', { 'mine.json': network });
    expect(residuals).toEqual([
      {
        network: 'mine.json',
        latencyMs: 12.5,
        energyUj: null,
        modelMs: expect.closeTo(12.5, 3) as unknown,
        error: expect.closeTo(0, 6) as unknown,
        leftOutError: null,
      },
    ]);
  });

  it('refuses a search space, which has several candidates in one place', async () => {
    const space = JSON.stringify(resnet8Supernet(10));
    await expect(read('board.csv', 'network,latencyMs\nspace.json,5', { 'space.json': space })).rejects.toThrow(/describes a search space/);
  });

  it.each([
    ['', /empty/],
    ['network,latencyMs', /no line besides/],
    ['network,ms\nic,5', /first line must name the columns/],
    ['network,latencyMs\nic', /Line 2 has 1 cells/],
    ['network,latencyMs\nic,5\n\nkws,fast', /Line 4: latencyMs must be a number above 0, not "fast"/],
    ['network,latencyMs\nic,-1', /Line 2: latencyMs must be/],
    ['network,latencyMs,energyUj\nic,5,0', /Line 2: energyUj must be/],
    ['network,latencyMs\n,5', /Line 2 names no network/],
    ['network,latencyMs\nother.json,5', /no network "other.json": a table names ic, vww, kws, ad/],
  ])('is refused with what is wrong: %j', async (text, message) => {
    await expect(read('board.csv', text)).rejects.toThrow(message);
  });
});
