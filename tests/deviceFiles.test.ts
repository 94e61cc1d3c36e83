/** A device file says the same to the command line and to the page. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDevice } from '../src/cli/deviceFile';
import { benchmarks } from '../src/core/cost/fit/benchmarks';
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
const beside = { 'größe, neu.json': marked(JSON.stringify({ network: benchmarks.kws, weights: {} })) };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-'));
  for (const [name, bytes] of Object.entries({ ...good, ...bad, ...beside })) await writeFile(join(folder, name), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const onCommandLine = (name: string) => readDevice(join(folder, name));
const onPage = (name: string, bytes: Uint8Array) => {
  const session = new SearchSession(dependencies, () => {});
  const files = Object.entries({ ...beside, [name]: bytes }).map(
    ([fileName, content]) => new File([content as Uint8Array<ArrayBuffer>], fileName),
  );
  return session.readDevice(name.endsWith('.json') ? files.slice(-1) : files);
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
});
