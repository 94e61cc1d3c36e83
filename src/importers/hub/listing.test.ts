import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLASSES, features, grays, never, readHub } from '../../../tests/support/hubImports';
import { DATA_SET, HubServer, json } from '../../../tests/support/hubServer';
import { listHub } from './listing';

let server: HubServer;
beforeEach(async () => {
  server = new HubServer();
  await server.start([grays('train', 0, 30), grays('test', 100, 12)], features);
});
afterEach(() => server.stop());

describe('a listing', () => {
  it('tells configurations, splits with their rows, and columns', async () => {
    const [config] = (await listHub(` https://huggingface.co/datasets/${DATA_SET}/viewer `, server.hub, never)).configs;
    expect(config?.splits.map(({ name, rows, partial }) => [name, rows, partial])).toEqual([
      ['train', 30, false],
      ['test', 12, false],
    ]);
    expect(config?.suggested).toEqual({
      picture: { example: 'img', label: 'label' },
      sound: null,
      splits: { train: 'train', test: 'test' },
    });
    expect(config?.columns[1]).toEqual({ name: 'label', kind: 'class', classNames: CLASSES });
  });

  it('takes names only', async () => {
    for (const typed of ['', 'a b', 'a/b/c', '../x', 'https://example.com/datasets/a/b'])
      await expect(listHub(typed, server.hub, never)).rejects.toThrow(`"${typed}" is no name of a data set.`);
    expect(server.asked).toEqual([]);
  });

  it.each([
    [404, /^The data set someone\/things is not there\./],
    [401, /needs an account, which is not used here/],
    [403, /needs an account, which is not used here/],
    [501, /is refused with 501 \(It runs programs\)/],
  ])('says what a refusal with %s means, at once', async (status, message) => {
    server.always = (_, response) => json(response, status, { error: 'It runs programs.' });
    await expect(listHub(DATA_SET, server.hub, never)).rejects.toThrow(message);
    expect(server.asked).toHaveLength(1);
  });

  it('asks five times where a failure may pass, and not at all where it would have to wait for long', async () => {
    server.always = (_, response) => json(response, 500, { error: 'Busy.' });
    await expect(listHub(DATA_SET, server.hub, never)).rejects.toThrow(/could not be fetched: the hub answers 500 \(Busy\), 5 times\./);
    expect(server.asked).toHaveLength(5);
    server.always = (_, response) => json(response, 429, {}, { 'retry-after': '600' });
    await expect(listHub(DATA_SET, server.hub, never)).rejects.toThrow(/no more requests from here for now; it asks to wait 600 s/);
    expect(server.asked).toHaveLength(6);
  });

  it('says when nobody is there', async () => {
    const { hub } = server;
    server.stop();
    await expect(listHub(DATA_SET, hub, never)).rejects.toThrow(/there is no connection, or it broke, 5 times/);
  });

  it('does without a description, since the files have columns too', async () => {
    server.always = ({ url }, response) => url?.startsWith('/info') === true && json(response, 404, {});
    expect((await listHub(DATA_SET, server.hub, never)).configs[0]?.columns).toEqual([]);
    expect((await readHub(server)).classNames).toEqual(['class 0', 'class 1']);
  });

  it('is never led to another host', async () => {
    const elsewhere = (url: string) => {
      server.always = (request, response) =>
        request.url?.startsWith('/parquet') === true &&
        json(response, 200, { parquet_files: [{ config: 'default', split: 'train', url, size: 9 }] });
    };
    elsewhere('https://example.com/elsewhere.parquet');
    await expect(listHub(DATA_SET, server.hub, never)).rejects.toThrow('is no address of a Parquet file of a data set');
    elsewhere('https://example.com/datasets/a/b/resolve/x/0000.parquet');
    const [file] = (await listHub(DATA_SET, server.hub, never)).configs[0]?.splits[0]?.files ?? [];
    expect(file?.path).toBe('/datasets/a/b/resolve/x/0000.parquet');
  });
});
