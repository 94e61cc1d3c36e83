import { describe, expect, it } from 'vitest';
import { devices } from '../core/cost/devices/index';
import { shortfall } from '../core/search/constraints/reach';
import { searchSpace } from '../core/search/space';
import { parseCount, parseQuantity } from './quantity';
import { readLimits, targetsFor } from './targetOptions';

describe('quantities', () => {
  it('carry a unit, which is converted once', () => {
    expect(parseQuantity('--memory', '40kB', 'bytes')).toBe(40_000);
    expect(parseQuantity('--ram', '64 KiB', 'bytes')).toBe(65_536);
    expect(parseQuantity('--latency', '0.5s', 'milliseconds')).toBe(500);
    expect(parseQuantity('--energy', '2.5mJ', 'microjoules')).toBe(2_500);
    expect(() => parseQuantity('--energy', '12', 'microjoules')).toThrow(/--energy takes a positive number with a unit \(nJ, uJ, mJ, J\)/);
    expect(() => parseQuantity('--latency', '6kB', 'milliseconds')).toThrow(/us, ms, s/);
  });

  it('take a decimal comma, and refuse what could be two numbers', () => {
    expect(parseQuantity('--latency', '5,5ms', 'milliseconds')).toBe(5.5);
    expect(parseQuantity('--memory', '1.024,5 kB', 'bytes')).toBe(1_024_500);
    expect(parseCount('--macs', '2,5M')).toBe(2.5e6);
    expect(parseCount('--macs', '12 500 000')).toBe(12.5e6);
    expect(() => parseQuantity('--energy', '1,500uJ', 'microjoules')).toThrow('--energy: “1,500” could be 1.5 or 1500');
    expect(() => parseCount('--params', '60.000')).toThrow('--params: “60.000” could be 60 or 60000: write it as one of these');
    expect(parseCount('--params', '60.125k')).toBe(60_125);
  });

  it('are plain or in thousands where they count', () => {
    expect(parseCount('--macs', '5M')).toBe(5e6);
    expect(parseCount('--params', '60k')).toBe(60_000);
    expect(parseCount('--params', '12345')).toBe(12_345);
    for (const text of ['', '0', '-5', '5kB', 'M', '1e6'])
      expect(() => parseCount('--macs', text)).toThrow(/--macs takes a positive count/);
  });
});

describe('limits of the command line', () => {
  const gap8 = searchSpace({ task: 'ic', device: 'gap8' }, 10);

  it('are 40 kB of flash and 6 ms on GAP8 unless said otherwise', () => {
    expect(targetsFor(gap8, readLimits({}))).toEqual({ flashBytes: 40_000, latencyMs: 6 });
  });

  it('are any set of costs', () => {
    const given = readLimits({ memory: '30kB', latency: 'none', ram: '60kB', macs: '5M', params: '60k' });
    expect(targetsFor(gap8, given)).toEqual({ flashBytes: 30_000, ramBytes: 60_000, macs: 5e6, params: 60_000 });
  });

  it('can be met together on every device at first', () => {
    for (const id of devices.keys()) {
      const space = searchSpace({ task: 'ic', device: id }, 10);
      expect(shortfall(space.table, targetsFor(space, {})), id).toBeNull();
    }
  });

  it('never exceed what the device holds where that binds, limited or not', () => {
    const small = { ...gap8, device: { flashBytes: 50_000, ramBytes: 40_000 } };
    expect(targetsFor(small, {})).toEqual({ flashBytes: 40_000, latencyMs: 6, ramBytes: 40_000 });
    expect(targetsFor(small, readLimits({ memory: '60kB', ram: 'none', latency: 'none' }))).toEqual({
      flashBytes: 50_000,
      ramBytes: 40_000,
    });
  });

  it('refuse the energy of a device whose power nobody knows', () => {
    expect(() => targetsFor(gap8, readLimits({ energy: '5uJ' }))).toThrow(/--energy cannot be limited/);
  });
});
