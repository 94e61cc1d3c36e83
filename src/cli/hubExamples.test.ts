import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CLASSES, features } from '../../tests/support/hubImports';
import { DATA_SET, HubServer } from '../../tests/support/hubServer';
import { parquetFile } from '../../tests/support/parquet';
import { imageClassification } from '../core/tasks/imageClassification';
import { readSearchArguments } from './arguments';
import { readHubExamples, readHubRequest } from './hubExamples';

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
    [['--data', 'hub:a/b', '--prepared', 'none'], '--prepared has no effect on a data set of the hub'],
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
    const picture = (value: number) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: { r: value, g: 0, b: value } } })
        .png()
        .toBuffer();
    const part = async (config: string, split: string, first: number) => {
      const pictures = await Promise.all([0, 1, 2, 3].map((index) => picture(first + 9 * index)));
      return { config, split, rows: 4, file: parquetFile('x.parquet', { pictures, labels: [0, 1, 0, 1] }) };
    };
    await server.start([await part('one', 'train', 0), await part('one', 'validation', 100), await part('two', 'train', 0)], features);
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const options = { task: imageClassification, holdOut: null, randomSeed: 1 };
    const read = (given: Parameters<typeof readHubRequest>[1]) => {
      const request = readHubRequest(`hub:${DATA_SET}`, given);
      return request && readHubExamples(request, options, server.hub);
    };
    const data = await read({ 'hub-config': 'one' });
    expect([data?.train.count, data?.test.count, data?.classNames]).toEqual([4, 4, CLASSES]);
    expect(told.mock.calls.join('')).toContain(
      'someone/things (one, train, validation) was read from the Hugging Face hub: 2 classes (cat, dog), 4 training and 4 test pictures',
    );
    await expect(read({})).rejects.toThrow('someone/things has 2 configurations: one, two. Choose one with --hub-config.');
    await expect(read({ 'hub-config': 'three' })).rejects.toThrow('has no configuration "three". There are: one, two.');
  });
});
