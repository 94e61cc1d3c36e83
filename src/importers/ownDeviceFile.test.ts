import { describe, expect, it } from 'vitest';
import { encodings } from '../../tests/support/encodings';
import { resnet8Supernet } from '../core/network/resnet8';
import { planNetwork } from '../core/network/plan';
import { networkCosts } from '../core/cost/costTable';
import type { WorkbenchError } from '../core/errors';
import { setLanguage } from '../core/language/say';
import { said } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { deviceFrom, LONGEST_NAME, ownDeviceProblems, parseOwnDevice } from '../core/cost/devices/ownDevice';
import { metricFor } from '../core/cost/metrics';
import { benchmarks } from '../core/cost/fit/benchmarks';
import { readOwnDevice } from './ownDeviceFile';
import { columnUnits, type MeasuredUnits } from '../core/cost/fit/measuredUnits';
import { publishedBoards } from '../core/cost/fit/publishedBoards';

const kinds = { conv2d: 1.5, pointwise: 2, depthwiseConv2d: 4, dense: 3 };
const described = {
  name: 'My board',
  clockHz: 48e6,
  flashBytes: 256_000,
  cyclesPerMac: kinds,
  cyclesPerOutput: { ...kinds, dense: 0 },
  fixedCycles: 5_000,
};
const encode = encodings['UTF-8'];
const read = (
  name: string,
  content: string | Uint8Array,
  files: Record<string, string | Uint8Array> = {},
  units: MeasuredUnits | null = null,
) => {
  const bytesOf = (given: string | Uint8Array) => (typeof given === 'string' ? encode(given) : given);
  return readOwnDevice(
    { name, bytes: bytesOf(content) },
    async (network) => {
      const file = files[network];
      return file === undefined ? null : bytesOf(file);
    },
    units,
  );
};

function refusalOf(act: () => unknown): WorkbenchError {
  try {
    act();
  } catch (error) {
    return error as WorkbenchError;
  }
  throw new Error('nothing was refused');
}

describe('a described device', () => {
  it('is read from JSON; what is left out is unknown', async () => {
    const { device, residuals } = await read('mine.json', JSON.stringify(described));
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
    const problems = [...ownDeviceProblems(wrong)].map(([field, problem]) => [field, said(problem)] as const);
    expect(Object.fromEntries(problems)).toEqual({
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
    const error = refusalOf(() => parseOwnDevice({ ...described, name: 'x'.repeat(LONGEST_NAME + 1), clockHz: 0 }));
    expect(error.message).toContain(`name must have at most ${LONGEST_NAME} letters`);
    setLanguage('zh-CN', messages);
    expect(said(error.told)).toContain('name 最多 60 个字符；clockHz 必须');
    expect(() => parseOwnDevice(wrong)).toThrow('不是已知的字段；可用的有 name, clockHz');
    setLanguage('en', null);
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
    // 6919 µJ in 165 ms is about 42 mW, and the others are similar.
    expect(device.powerW).toBeCloseTo(0.0415, 3);
  });

  // Source: MLPerf Tiny v1.1, nRF5340 DK.
  it('follows the published times of an nRF5340 within 3 %', async () => {
    const { residuals } = await read('nrf5340.csv', 'network,latencyMs\nic,317.864\nvww,233.318\nkws,76.488\nad,6.288\n');
    expect(residuals).toHaveLength(4);
    for (const { network, error } of residuals ?? []) expect(Math.abs(error), network).toBeLessThan(0.03);
  });

  it('keeps how far its model is off for networks that it had not seen, as far as there are any', async () => {
    const { device, residuals } = await read('board.csv', csv);
    expect(device.modelErrors?.latencyMs).toBeCloseTo(
      Math.max(...(residuals ?? []).map(({ leftOutError }) => Math.abs(leftOutError as number))),
      3,
    );
    // The power is known to about 5 %, so the energy has about the same relative error as the time.
    expect((device.modelErrors?.energyUj as number) / (device.modelErrors?.latencyMs as number)).toBeCloseTo(1, 0);
    expect((await read('board.csv', 'network,latencyMs\nic,5\nkws,1')).device.modelErrors).not.toHaveProperty('energyUj');
    expect((await read('board.csv', 'network,latencyMs,energyUj\nic,5,100')).device).not.toHaveProperty('modelErrors');
  });

  it('asks about units that look wrong, and takes the numbers in the units that are given', async () => {
    const milliseconds = 'network,latencyMs\nic,317.864\nkws,76.488';
    const seconds = 'network,latencyMs\nic,0.317864\nkws,0.076488';
    await expect(read('board.csv', seconds)).rejects.toThrow(/The units of the table look wrong: every time is below 1 ms/);
    const expected = (await read('board.csv', milliseconds)).device;
    expect((await read('board.csv', seconds, {}, { time: 's', energy: 'uJ' })).device).toEqual(expected);
    const { residuals } = await read('board.csv', seconds, {}, columnUnits);
    expect(residuals?.[0]?.latencyMs).toBe(0.317864);
    await expect(read('board.csv', 'network,latencyMs\nic,1e6', {}, { time: 's', energy: 'uJ' })).rejects.toThrow(
      /between 1e-9 and 86400, not at 1e6/,
    );
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

  const table = 'network,latencyMs,energyUj\nic,317.864,\nkws,76.488,5200\n';
  it.each(Object.entries(encodings))('is read from %s, tables, networks and descriptions alike', async (_, inEncoding) => {
    const expected = await read('board.csv', table);
    expect(await read('board.csv', inEncoding(table))).toEqual(expected);
    const mine = await read('board.csv', inEncoding('network,latencyMs\nmine.json,12.5'), {
      'mine.json': inEncoding(JSON.stringify(benchmarks.kws)),
    });
    expect(mine.residuals?.[0]?.modelMs).toBeCloseTo(12.5, 3);
    expect((await read('board.json', inEncoding(JSON.stringify(described)))).device.name).toBe('My board');
  });

  it.each([
    ['lines that end in CR and LF', table.replaceAll('\n', '\r\n')],
    ['lines that end in CR', table.replaceAll('\n', '\r')],
    ['lines that end in either', 'network,latencyMs,energyUj\r\nic,317.864,\nkws,76.488,5200\r'],
    ['quoted cells', '"network","latencyMs","energyUj"\n"ic","317.864",""\n"kws","76.488","5200"\n'],
    ['semicolons', table.replaceAll(',', ';')],
    ['tabs', table.replaceAll(',', '\t')],
    ['spaces', table.replaceAll(',', ' , ')],
    ['columns in another order', 'energyUj,latencyMs,network\n,317.864,ic\n5200,76.488,kws'],
    ['columns in another case', table.replace('latencyMs', 'LatencyMS').replace('network', 'Network')],
    ['empty columns at its end', 'network,latencyMs,energyUj,,\nic,317.864,,,\nkws,76.488,5200,,\n'],
    ['empty lines', `\n${table.replaceAll('\n', '\n\n')},,\n`],
  ])('is read with %s', async (_, written) => {
    expect(await read('board.csv', written)).toEqual(await read('board.csv', table));
  });

  it.each([
    ['', /empty/],
    ['network,latencyMs', /only its first line/],
    ['network,ms\nic,5', /first line must name the columns/],
    ['network,latencyMs\nic', /Line 2 has 1 cell where/],
    ['network,latencyMs\nic,5\n\nkws,fast', /Line 4: latencyMs must be a number above 0, not "fast"/],
    ['network,latencyMs\nic,-1', /Line 2: latencyMs must be/],
    ['network,latencyMs,energyUj\nic,5,0', /Line 2: energyUj must be/],
    ['network,latencyMs\n,5', /Line 2 names no network/],
    [
      'network,latencyMs\nic,"317,864"',
      'Line 2: latencyMs "317,864" has a comma, which may part thousands or decimals: write 317864 or 317.864.',
    ],
    ['network;latencyMs\nic;317,864', /write 317864 or 317.864/],
    ['network;latencyMs\nic;0,5', /write 0.5\./],
    ['network;latencyMs\nic;17,48', /write 17.48\./],
    ['network;latencyMs\nic;1.234,5', /write 1234.5\./],
    ['network;latencyMs\nic;"1,234,567"', /write 1234567\./],
    ['network;latencyMs\nic;1,234.5', /write 1234.5\./],
    ['network;latencyMs;energyUj\nic;5;6919,375', /Line 2: energyUj "6919,375" has a comma.* write 6919.375\./],
    ['network,latencyMs\nic,317,864', /Line 2 has 3 cells where the first line has 2\. .*a point, no comma/],
    ['network,latencyMs,energyUj\nic,317.864\nkws,76.488', /Line 2 has 2 cells where the first line has 3/],
    ['network,latencyMs,latencyMs\nic,1,2', /names the column latencyMs twice/],
    ['network,latencyMs\nic,"5', /Line 2: a quote is not closed/],
    ['network,latencyMs\nic,1e300', /Line 2: latencyMs must lie between 0.000001 and 86400000, not at 1e300/],
    ['network,latencyMs\nic,1e-12', /Line 2: latencyMs must lie between/],
    ['0,resnet18,498.051,30.608', /first line must name the columns .*not "0,resnet18,498.051,30.608"/],
    ['network,latencyMs\nother.json,5', /no network "other.json": a table names ic, vww, kws, ad/],
  ])('is refused with what is wrong: %j', async (text, message) => {
    await expect(read('board.csv', text)).rejects.toThrow(message);
  });
});
