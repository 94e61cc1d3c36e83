import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CLASSES, features } from '../../tests/support/hubImports';
import { DATA_SET, HubServer } from '../../tests/support/hubServer';
import { parquetFile } from '../../tests/support/parquet';
import { imageClassification } from '../core/tasks/imageClassification';
import { readSearchArguments } from './arguments';
import { readHubExamples, readHubRequest } from './hubExamples';

const picture = (value: number) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r: value, g: 0, b: value } } })
    .png()
    .toBuffer();

async function part(config: string, split: string, first: number) {
  const pictures = await Promise.all([0, 1, 2, 3].map((index) => picture(first + 9 * index)));
  return { config, split, rows: 4, file: parquetFile('x.parquet', { pictures, labels: [0, 1, 0, 1] }) };
}

const requestOf = (...args: string[]) => readSearchArguments(args)?.hub;

describe('--data hub:', () => {
  it('takes a part of the data set, or leaves the choice to its listing', () => {
    expect(requestOf('--data', 'hub:a/b')).toEqual({ name: 'a/b', config: null, splits: null, columns: null, most: null });
    expect(
      requestOf('--data', 'hub:a/b', '--hub-config', 'x', '--hub-split', 'big, small', '--hub-columns', 'img,fine', '--hub-most', '500'),
    ).toEqual({ name: 'a/b', config: 'x', splits: { train: 'big', test: 'small' }, columns: { example: 'img', label: 'fine' }, most: 500 });
    expect(requestOf()).toBeNull();
  });

  it.each([
    [['--data', 'hub:a b'], '"a b" is no name of a data set'],
    [['--hub-most', '5'], '--hub-most chooses a part of a data set of the hub, so it needs --data hub:OWNER/NAME'],
    [['--data', 'hub:a/b', '--hub-split', 'a,b,c'], '--hub-split takes one split, or two'],
    [['--data', 'hub:a/b', '--hub-split', 'a,'], '--hub-split has an empty name in "a,"'],
    [['--data', 'hub:a/b', '--hub-columns', 'a'], '--hub-columns takes two columns'],
  ])('refuses %s', (args, message) => {
    expect(() => requestOf(...args)).toThrow(message);
  });
});

describe('examples of the hub', () => {
  const server = new HubServer();
  afterEach(() => {
    server.stop();
    vi.restoreAllMocks();
  });

  it('are those of the default splits, and a configuration has to be chosen among several', async () => {
    await server.start([await part('one', 'train', 0), await part('one', 'validation', 100), await part('two', 'train', 0)], features);
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const options = { task: imageClassification, holdOut: null, randomSeed: 1 };
    const read = (given: Parameters<typeof readHubRequest>[1]) => {
      const request = readHubRequest(`hub:${DATA_SET}`, given);
      return request && readHubExamples(request, options, null, server.hub);
    };
    const data = await read({ 'hub-config': 'one' });
    expect([data?.train.count, data?.test.count, data?.classNames]).toEqual([4, 4, CLASSES]);
    expect(told.mock.calls.join('')).toContain(
      'someone/things (one, train, validation) was read from the Hugging Face hub: 2 classes (cat, dog), 4 training and 4 test pictures',
    );
    await expect(read({})).rejects.toThrow('someone/things has 2 configurations: one, two. Choose one with --hub-config.');
    await expect(read({ 'hub-config': 'three' })).rejects.toThrow('has no configuration "three". There are: one, two.');
  });

  it('are kept, and fetched anew when the choice or a file is another', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const folder = mkdtempSync(join(tmpdir(), 'prepared-'));
    /** The examples, and whether more was fetched than what tells that files are the same. */
    const read = async (choice: Parameters<typeof readHubRequest>[1] = {}, randomSeed = 1) => {
      const before = server.asked.length;
      const options = { task: imageClassification, holdOut: null, randomSeed };
      const data = await readHubExamples(readHubRequest(`hub:${DATA_SET}`, choice) as never, options, folder, server.hub);
      const fetched = server.asked.slice(before).some(({ range }) => range !== undefined && range !== 'bytes=0-0');
      return { data, fetched };
    };
    try {
      await server.start([await part('default', 'train', 0), await part('default', 'test', 100)], features);
      const first = await read();
      // The files say which examples test, so that the random seed decides nothing.
      const again = await read({}, 2);
      expect([first.fetched, again.fetched]).toEqual([true, false]);
      expect(again.data).toEqual(first.data);
      expect(told.mock.calls.at(-1)?.[0]).toMatch(
        /^someone\/things \(default, train, test\) was read before and is taken from .*\.set: 2 classes/,
      );
      expect((await read({ 'hub-split': 'train' })).fetched).toBe(true);
      expect([(await read({ 'hub-split': 'train' }, 2)).fetched, (await read({ 'hub-split': 'train' })).fetched]).toEqual([true, false]);
      server.change();
      expect([(await read()).fetched, (await read()).fetched]).toEqual([true, false]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
