import { expect, it } from 'vitest';
import { features, grays, never } from '../../tests/support/hubImports';
import { DATA_SET, HubServer, json } from '../../tests/support/hubServer';
import { importOptions } from '../../tests/support/imports';
import { workHere } from '../importers/work';
import { HubReader } from './hubReader';

const choice = { config: 'default', train: 'train', test: null, columns: null, most: null };
const decodePicture = ([value = 0]: Uint8Array) => Promise.resolve({ width: 1, height: 1, rgba: Uint8Array.of(value, value, value, 255) });
const options = { ...importOptions, work: workHere(decodePicture), signal: never };

it('says that the same choice goes on, of a failure that may pass alone', async () => {
  const server = new HubServer();
  await server.start([grays('train', 0, 60)], features);
  try {
    const reader = new HubReader(server.hub);
    await reader.list(DATA_SET);
    server.always = (_, response) => json(response, 503, {});
    await expect(reader.read(choice, options, () => {})).rejects.toThrow(
      /the hub answers 503, 5 times\. Check the connection and try again\. What was fetched is kept for now: the same choice goes on from there\.$/,
    );
    server.always = (_, response) => json(response, 404, {});
    await expect(reader.read(choice, options, () => {})).rejects.toThrow(
      /Check the spelling of OWNER\/NAME on huggingface\.co\/datasets\.$/,
    );
    server.always = () => false;
    expect((await reader.read(choice, options, () => {})).train.count).toBe(48);
  } finally {
    server.stop();
  }
});
