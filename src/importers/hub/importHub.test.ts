import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, CLASSES, features, grays, readHub } from '../../../tests/support/hubImports';
import { HubServer, type SplitContent } from '../../../tests/support/hubServer';
import { parquetFile } from '../../../tests/support/parquet';
import { soundOf, wavFile } from '../../../tests/support/sounds';
import { anomalyDetection } from '../../core/tasks/anomalyDetection';
import { keywordSpotting } from '../../core/tasks/keywordSpotting';
import { said } from '../../core/language/told';

let server: HubServer;
beforeEach(() => void (server = new HubServer()));
afterEach(() => server.stop());
const serve = (...contents: SplitContent[]) => server.start(contents, features);

const valuesOf = ({ values }: { values: ArrayLike<number> }) => Array.from(values).filter((_, at) => at % 3 === 0);

describe('an import from the hub', () => {
  it('gives the examples of the chosen splits, through redirects', async () => {
    await serve(grays('train', 0, 30), grays('validation', 50, 4), grays('test', 100, 12));
    const heard: [number, number][] = [];
    const data = await readHub(server, { onFetched: (done, total) => heard.push([done, total]) });
    expect([data.name, data.classNames, data.train.count, data.test.count]).toEqual(['someone/things', CLASSES, 30, 12]);
    expect(valuesOf(data.test)).toEqual(Array.from({ length: 12 }, (_, row) => 100 + row));
    expect(server.asked.some(({ path }) => path.includes('validation'))).toBe(false);
    expect(heard.at(-1)?.[0]).toBe(heard.at(-1)?.[1]);
    const named = await readHub(server, { choice: { test: 'validation' } });
    expect([named.train.count, named.test.count]).toEqual([30, 4]);
    const drawn = await readHub(server, { choice: { test: null } });
    expect([drawn.train.count, drawn.test.count, drawn.warnings.map(said).join(' ').includes('a fifth')]).toEqual([24, 6, true]);
  });

  it('fetches little more than the rows that are asked for, of every class where the file is sorted', async () => {
    const large = grays('train', 0, 200, { bytes: 8000 });
    await serve(large);
    const data = await readHub(server, { choice: { test: null, most: 40 } });
    expect([data.train.count + data.test.count, data.warnings.map(said)[0]]).toEqual([
      40,
      expect.stringMatching(/^40 of 200 rows are used/),
    ]);
    expect([...data.train.labels].filter((label) => label === 1)).toHaveLength(16);
    const fetched = server.fileRequests.reduce((sum, { range }) => sum + bytesOf(range), 0);
    // A fifth of the rows, and the end of the file with its description.
    expect(fetched).toBeLessThan(0.2 * large.file.size + 2 ** 19 + 10_000);
    expect(large.file.size).toBeGreaterThan(1.5e6);
  });

  it('refuses what is not there, and a split that does both', async () => {
    await serve(grays('train', 0, 30), grays('test', 100, 12));
    const refused = async (choice: NonNullable<Parameters<typeof readHub>[1]>['choice'], message: string) =>
      expect(readHub(server, { ...(choice && { choice }) })).rejects.toThrow(message);
    await refused({ config: 'other' }, 'has no configuration "other". There are: default.');
    await refused({ test: 'dev' }, 'has no split "dev" in the configuration "default". There are: train, test.');
    await refused({ test: 'train' }, 'cannot both train and test');
    expect(server.fileRequests).toHaveLength(0);
    await refused({ columns: { example: 'img', label: 'kind' } }, 'has no column "kind"; it has img, label');
    await expect(readHub(server, { options: { task: anomalyDetection } })).rejects.toThrow('learns from recordings of machines');
  });
});

describe('sounds from the hub', () => {
  const serveSounds = (clips: readonly Uint8Array[]) =>
    serve({
      split: 'train',
      rows: clips.length,
      file: parquetFile('x.parquet', { pictures: clips, labels: clips.map((_, row) => row % 2), feature: 'Audio', classNames: CLASSES }),
    });
  const choice = { test: null, columns: { example: 'img', label: 'label' } };
  const options = { task: keywordSpotting };

  it('are read', async () => {
    await serveSounds(await Promise.all(Array.from({ length: 10 }, (_, row) => wavFile('', soundOf(`${row}`, 16_000)).bytes())));
    const data = await readHub(server, { choice, options });
    expect([data.train.count, data.test.count, data.classNames]).toEqual([8, 2, CLASSES]);
  });

  it('are not fetched where the first recording cannot be read', async () => {
    await serveSounds(Array.from({ length: 20 }, () => new TextEncoder().encode('fLaC and so on')));
    await expect(readHub(server, { choice, options })).rejects.toThrow(
      /begins with a recording that cannot be read, so the rest was not fetched\..*no WAV file but FLAC/,
    );
  });
});
