import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, features, grays, readHub } from '../../../tests/support/hubImports';
import { HubServer, json } from '../../../tests/support/hubServer';
import { KeptRanges } from './keptRanges';

/** 60 pictures in 1.8 MB, of which the last 512 KB come with the description. */
const large = grays('train', 0, 60, { bytes: 30_000 });
const choice = { test: null };
let server: HubServer;
let whole: Uint8Array;
beforeEach(async () => {
  whole = await large.file.bytes();
  server = new HubServer();
  await server.start([large], features);
});
afterEach(() => server.stop());

const busy: HubServer['always'] = (_, response) => json(response, 503, {});
const silent: HubServer['always'] = () => true;
const ignorant: HubServer['always'] = (_, response) => response.writeHead(200).end(whole);
/** Sends half of what was asked for. */
const cut: HubServer['always'] = ({ headers }, response) => {
  const length = bytesOf(headers.range);
  const from = Number(/=(\d+)/.exec(headers.range ?? '')?.[1]);
  response.writeHead(206, { 'content-length': length });
  response.write(whole.subarray(from, from + (length >> 1)), () => response.destroy());
};
const fetchedSince = (request: number) => server.fileRequests.slice(request).reduce((sum, { range }) => sum + bytesOf(range), 0);

describe('a part of a file on the hub', () => {
  it('is asked for again when nothing comes or the server is busy, up to four times', async () => {
    server.faults.push(busy, silent, busy, busy);
    expect((await readHub(server, { choice })).train.count).toBe(48);
    server.faults.push(...Array.from({ length: 5 }, () => busy));
    await expect(readHub(server, { choice })).rejects.toThrow(
      /^train\/train-0000\.parquet could not be fetched: the hub answers 503, 5 times/,
    );
  });

  it('goes on where the connection broke', async () => {
    server.faults.push(cut, cut);
    expect((await readHub(server, { choice })).train.count).toBe(48);
    const [first, second, third] = server.fileRequests.map(({ range }) => bytesOf(range));
    expect([first, second, third]).toEqual([2 ** 19, 2 ** 18, 2 ** 17]);
  });

  it('is refused when the server sends something else', async () => {
    server.faults.push(ignorant);
    await expect(readHub(server, { choice })).rejects.toThrow(/cannot be fetched in parts/);
    server.faults.push((_, response) => response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end('0123456789'));
    await expect(readHub(server, { choice })).rejects.toThrow(/has changed on the hub/);
  });
});

describe('an import that broke off', () => {
  it('goes on without fetching again what it has, after it was stopped', async () => {
    const [kept, stop] = [new KeptRanges(), new AbortController()];
    const stopped = readHub(server, { choice, kept, signal: stop.signal, onFetched: (done, total) => done > total / 2 && stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const before = server.fileRequests.length;
    const shares: number[] = [];
    const data = await readHub(server, { choice, kept, onFetched: (done, total) => shares.push(done / total) });
    expect(data.train.count).toBe(48);
    expect(shares[0]).toBeGreaterThan(0.5);
    expect(shares.at(-1)).toBe(1);
    expect(fetchedSince(before)).toBeLessThanOrEqual(Math.ceil((1 - (shares[0] as number)) * whole.length));
  });

  it('goes on after it was given up, unless the file has changed meanwhile', async () => {
    const kept = new KeptRanges();
    const breakOff = async () => {
      // The description comes, and nothing after it.
      server.faults.push(() => false, cut, ...Array.from({ length: 4 }, () => busy));
      await expect(readHub(server, { choice, kept })).rejects.toThrow(/could not be fetched/);
    };
    await breakOff();
    const before = server.fileRequests.length;
    await readHub(server, { choice, kept });
    expect(fetchedSince(before)).toBeLessThan(0.6 * whole.length);
    kept.clear();
    await breakOff();
    server.change();
    await expect(readHub(server, { choice, kept })).rejects.toThrow(/has changed on the hub while it was fetched/);
    expect((await readHub(server, { choice, kept })).train.count).toBe(48);
  });
});
