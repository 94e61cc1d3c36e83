/** Uses the dataset worker's service through its client, over real message channels, so that messages are cloned and moved as in a browser. */
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { DatasetClient } from '../../src/client/datasetClient';
import type { WorkerEndpoint } from '../../src/client/searchClient';
import { WorkbenchError } from '../../src/core/errors';
import { setLanguage } from '../../src/core/language/say';
import { said } from '../../src/core/language/told';
import { messages } from '../../src/core/language/zh-CN/index';
import { createDatasetService } from '../../src/datasets/datasetService';
import { answerCall, type HelperCall } from '../../src/datasets/helper';
import { HelperPool, type HelperThread } from '../../src/datasets/helperPool';
import type { PictureDecoder } from '../../src/importers/exampleImporter';
import { workHere } from '../../src/importers/work';
import type { ImportProgress } from '../../src/protocol/datasets';
import { ascii, zipOf } from '../support/archives';

const open: MessagePort[] = [];

afterEach(() => {
  setLanguage('en', null);
  for (const port of open.splice(0)) port.close();
});

function channel() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return [port1, port2] as const;
}

/** A picture of one colour, whose file is the text of its gray value. Small values take longer, so that answers come in another order. */
const decode: PictureDecoder = async (bytes) => {
  const text = new TextDecoder().decode(bytes);
  const value = Number(text);
  if (!/^\d+$/.test(text)) throw new Error('no picture');
  await new Promise((resolve) => setTimeout(resolve, (255 - value) / 20));
  return { width: 1, height: 1, rgba: Uint8Array.of(value, value, value, 255) };
};

function helperThread(): HelperThread {
  const [near, far] = channel();
  const work = workHere(decode);
  far.onmessage = ({ data }: MessageEvent<HelperCall>) => void answerCall(data, work, (answer, moved) => far.postMessage(answer, moved));
  return near as unknown as HelperThread;
}

/** A client whose workers are ports of this thread. */
function connect(helpers = 2, createHelper = helperThread) {
  const ended: boolean[] = [];
  const client = new DatasetClient(
    () => {
      const [near, far] = channel();
      const index = ended.push(false) - 1;
      expose(
        createDatasetService({
          startWork: () => new HelperPool(createHelper, helpers),
          openFolder: async () => null,
          now: () => performance.now(),
        }),
        far,
      );
      return Object.assign(near, {
        terminate() {
          ended[index] = true;
          near.close();
          far.close();
        },
      }) as unknown as WorkerEndpoint;
    },
    () => {},
  );
  return { client, ended };
}

const pictures = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `${index % 4 === 0 ? 'test' : 'train'}/${index % 3 ? 'cat' : 'dog'}/${index}.jpg`,
    bytes: ascii(String(index)),
  }));
const archive = (contents: readonly { name: string; bytes: Uint8Array }[]) => [{ path: 'mine.zip', blob: new Blob([zipOf(contents)]) }];

describe('examples that are read in a thread of their own', () => {
  it('come out the same on any number of helpers', async () => {
    const results = [];
    for (const helpers of [1, 3]) {
      const { client, ended } = connect(helpers);
      results.push((await client.importExamples(archive(pictures(200)), 'ic', () => {}))?.dataset);
      expect(ended).toEqual([true]);
    }
    const [one, three] = results;
    expect([one?.name, one?.train.count, one?.test.count]).toEqual(['Own pictures', 150, 50]);
    expect(three).toEqual(one);
  });

  it('tell how far they are, and what does not decode', async () => {
    const told: ImportProgress[] = [];
    const contents = [...pictures(100), { name: 'train/cat/broken.jpg', bytes: ascii('no picture') }];
    const loaded = await connect().client.importExamples(archive(contents), 'ic', (progress) => told.push(progress));
    expect(loaded?.dataset.warnings.map(said)).toEqual(['1 file does not decode as a picture and is left out: train/cat/broken.jpg.']);
    expect(told.length).toBeGreaterThan(0);
    expect(told.at(-1)?.items?.total ?? 101).toBe(101);
  });

  it('are given up at once when that is asked for, and can be read again', async () => {
    const { client, ended } = connect();
    let asked = 0;
    const cancelled = await client.importExamples(archive(pictures(200)), 'ic', () => {
      asked += 1;
      client.cancel();
    });
    expect(cancelled).toBeNull();
    expect([asked > 0, ended]).toEqual([true, [true]]);
    expect((await client.importExamples(archive(pictures(40)), 'ic', () => {}))?.dataset.train.count).toBe(30);
  });

  it('are refused with the reason', async () => {
    const { client, ended } = connect();
    const file = { path: 'data_batch_1.bin', blob: new Blob([new Uint8Array(100)]) };
    await expect(client.importExamples([file], 'ic', () => {})).rejects.toMatchObject({ code: 'invalid-data' });
    expect(ended).toEqual([true]);
  });

  it('are refused, and warned of, in the language that is in use when that is shown', async () => {
    const { client } = connect();
    const contents = [...pictures(100), { name: 'train/cat/broken.jpg', bytes: ascii('no picture') }];
    const loaded = await client.importExamples(archive(contents), 'ic', () => {});
    const file = { path: 'data_batch_1.bin', blob: new Blob([new Uint8Array(100)]) };
    const error = await client.importExamples([file], 'ic', () => {}).catch((reason: unknown) => reason as WorkbenchError);
    setLanguage('zh-CN', messages);
    expect(loaded?.dataset.warnings.map(said)).toEqual(['1 个文件无法解码为图片，已排除：train/cat/broken.jpg。']);
    expect(said((error as WorkbenchError).told)).toMatch(/^test_batch\.bin \p{Script=Han}/u);
  });

  it('fail when a helper breaks down, or is not started', async () => {
    const broken = (event: object) => () => {
      const thread = { postMessage: () => setTimeout(() => thread.onerror?.(event)), onerror: null as ((event: object) => void) | null };
      return thread as unknown as HelperThread;
    };
    const read = (event: object) => connect(1, broken(event)).client.importExamples(archive(pictures(40)), 'ic', () => {});
    await expect(read({ message: 'out of memory' })).rejects.toThrow('A thread that reads examples broke down: out of memory. Try again.');
    // A helper's script is part of the worker's, so none is missing.
    await expect(read({})).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/^The browser did not start a thread/) as string,
    });
  });
});
