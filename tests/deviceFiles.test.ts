/** The command line and the page must read the same device from a file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDeviceUnits, readDevice } from '../src/cli/deviceFile';
import { benchmarks } from '../src/core/cost/fit/benchmarks';
import type { MeasuredUnits } from '../src/core/cost/fit/measuredUnits';
import { asWorkbenchError } from '../src/core/errors';
import { SearchSession } from '../src/session/searchSession';
import { encodings } from './support/encodings';
import { dependencies } from './support/search';

const cycles = { conv2d: 1.5, pointwise: 1.5, depthwiseConv2d: 2, dense: 2 };
const description = JSON.stringify({
  name: 'My board',
  clockHz: 48e6,
  flashBytes: 262_144,
  ramBytes: 65_536,
  powerW: 0.02,
  cyclesPerMac: cycles,
  cyclesPerOutput: cycles,
  fixedCycles: 40_000,
});
const marked = encodings['UTF-8 with a byte-order mark'];
const utf16 = encodings['UTF-16, low byte first, with a byte-order mark'];

const good = {
  'described.json': encodings['UTF-8'](description),
  'described with a mark.json': marked(description),
  'described in utf-16.json': utf16(description),
  'crlf with a mark.csv': marked('network,latencyMs\r\nic,317.864\r\nkws,76.488\r\n'),
  'cr only.csv': encodings['UTF-8']('network,latencyMs\ric,317.864\rkws,76.488\r'),
  'unicode text.csv': utf16('network\tlatencyMs\r\nic\t317.864\r\n'),
  'semicolons.csv': encodings['UTF-8']('network;latencyMs\r\nic;317.864\r\n'),
  'swapped.csv': encodings['UTF-8']('latencyMs,network\n317.864,ic\n'),
  'contradiction.csv': encodings['UTF-8']('network,latencyMs\nic,317.864\nic,31.7864\n'),
  'own network.csv': utf16('network,latencyMs\n"größe, neu.json",12.5\n'),
} as const;
const bad = {
  'latin.csv': Uint8Array.of(0x67, 0xf6, 0xdf, 0x65, 0x2c, 0x35),
  'latin.json': Uint8Array.of(0x7b, 0xf6, 0xdf, 0x65, 0x7d),
  'quoted comma.csv': encodings['UTF-8']('network,latencyMs\nic,"317,864"\nkws,"76,488"\n'),
  'comma.csv': marked('network;latencyMs\r\nic;317,864\r\nkws;76,488\r\n'),
  'column twice.csv': encodings['UTF-8']('network,latencyMs,latencyMs\nic,1,2\n'),
  'ragged.csv': encodings['UTF-8']('network,latencyMs,energyUj\nic,317.864\n'),
  'negative.csv': encodings['UTF-8']('network,latencyMs\nic,-5\n'),
  'huge.csv': encodings['UTF-8']('network,latencyMs\nic,1e300\n'),
  'no header.csv': encodings['UTF-8']('0,resnet18_642,498.051,30.608\n'),
  'no such network.csv': encodings['UTF-8']('network,latencyMs\nnone.json,5\n'),
} as const;
const doubtful = { 'seconds.csv': encodings['UTF-8']('network,latencyMs\nic,0.317864\nkws,0.076488\n') } as const;
const beside = { 'größe, neu.json': marked(JSON.stringify({ network: benchmarks.kws, weights: {} })) };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-'));
  for (const [name, bytes] of Object.entries({ ...good, ...bad, ...doubtful, ...beside })) await writeFile(join(folder, name), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const onCommandLine = (name: string, units: MeasuredUnits | null = null) => readDevice(join(folder, name), units);
const onPage = (name: string, bytes: Uint8Array, units: MeasuredUnits | null = null) => {
  const session = new SearchSession(dependencies, () => {});
  const files = Object.entries({ ...beside, [name]: bytes }).map(
    ([fileName, content]) => new File([content as Uint8Array<ArrayBuffer>], fileName),
  );
  return session.readDevice(name.endsWith('.json') ? files.slice(-1) : files, units);
};
const messageOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'was taken',
    (error: unknown) => asWorkbenchError(error).message,
  );

describe('a device file', () => {
  it.each(Object.entries(good))('%s is the same device on the command line and on the page', async (name, bytes) => {
    const { device } = await onCommandLine(name);
    expect(device).toMatchObject({ cyclesPerMac: {} });
    expect(await onPage(name, bytes)).toEqual(await onCommandLine(name));
  });

  it.each(Object.entries(bad))('%s is refused with the same words', async (name, bytes) => {
    const message = await messageOf(onCommandLine(name));
    expect(message).toMatch(/^(Line 2|The first line|There is no network|latin\.)/);
    expect(await messageOf(onPage(name, bytes))).toBe(message);
  });

  it('in units that look wrong is asked about, with the option that answers on the command line', async () => {
    const question = await messageOf(onPage('seconds.csv', doubtful['seconds.csv']));
    expect(question).toMatch(/every time is below 1 ms .* Which units are they\?$/);
    expect(await messageOf(onCommandLine('seconds.csv'))).toBe(
      `${question} Say which: --device-units s,uJ for seconds, or --device-units ms,uJ for milliseconds.`,
    );
    for (const [text, latencyMs] of [
      ['s,uJ', 317.864],
      ['s', 317.864],
      ['ms,uJ', 0.317864],
    ] as const) {
      const { residuals } = await onCommandLine('seconds.csv', parseDeviceUnits(text));
      expect(residuals?.[0]?.latencyMs).toBe(latencyMs);
      expect((await onPage('seconds.csv', doubtful['seconds.csv'], parseDeviceUnits(text))).residuals).toEqual(residuals);
    }
  });

  it('has units on the command line only where it is a table', async () => {
    const units = parseDeviceUnits('s');
    await expect(onCommandLine('described.json', units)).rejects.toThrow(/--device-units is for a device that was measured/);
    await expect(readDevice('gap8', units)).rejects.toThrow(/--device-units is for a device that was measured/);
    for (const text of ['', 'h', 's,', 's,V', 'J,s', 's,J,J'])
      expect(() => parseDeviceUnits(text)).toThrow(/--device-units takes a unit of time/);
  });
});
