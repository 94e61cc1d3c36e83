import { describe, expect, it } from 'vitest';
import { smallConfig } from '../../../../tests/support/search';
import { shapeDataset } from '../../data/shapes';
import { RunRecorder } from '../runFile';
import { assertSameRun, identityOf, readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpointFile';

const dataset = shapeDataset(8, 4);
const identity = identityOf(smallConfig, dataset, 'wasm');
const checkpoint: Checkpoint = {
  ...identity,
  finished: false,
  search: { operations: [], underWay: null, variables: [Float32Array.of(1, 2, 3)], elapsedMs: 5 },
  recorder: new RunRecorder().state(),
};
const file = writeCheckpoint(checkpoint, 2);
const changed = (at: number) => {
  const copy = file.slice();
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
};

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    expect(readCheckpoint(file, 2, 'f')).toEqual(checkpoint);
  });

  it.each([
    ['nothing', file.subarray(0, 0), 'f is no checkpoint. Name another file, or remove this one.'],
    ['something else', Uint8Array.from({ length: 100 }, (_, index) => index), /^f is no checkpoint/],
    ['a part of its header', file.subarray(0, 20), /^f is a checkpoint that was cut short/],
    ['a file without its last byte', file.subarray(0, -1), /^f is a checkpoint that was cut short/],
    ['a file with a byte more', Uint8Array.of(...file, 0), /^f is a checkpoint that was damaged/],
    ['a file with another last byte', changed(file.length - 1), /^f is a checkpoint that was damaged/],
    ['another format', changed(8), /^f is a checkpoint of format 2, and this version reads format 3/],
    ['another version', changed(12), /^f is a checkpoint of version 3 of seeded searches, whose numbers do not go on in version 2/],
  ])('is refused in one line when it is %s', (_, bytes, message) => {
    expect(() => readCheckpoint(bytes, 2, 'f')).toThrow(message);
  });
});

describe('a checkpoint of another run', () => {
  const device = { id: 'own', name: 'Own' } as never;
  it.each([
    [{ config: { ...smallConfig, epochs: { ...smallConfig.epochs, search: 8 } } }, 'epochs.search is 2 there and 8 here'],
    [{ config: { ...smallConfig, targets: { flashBytes: 40_000 } } }, 'targets.latencyMs is 6 there and missing here'],
    [{ config: { ...smallConfig, device } }, 'device is gap8 there and {"id":"own","name":"Own"} here'],
    [
      { config: { ...smallConfig, batchSize: 8, randomSeed: 1, icv: 1, augment: false } },
      'batchSize is 4 there and 8 here, icv is 0 there and 1 here, augment is true there and false here, 1 more',
    ],
    [{ backend: 'cpu' }, 'the backend is wasm there and cpu here'],
    [
      identityOf(smallConfig, shapeDataset(12, 4), 'wasm'),
      'its examples are "Built-in shapes" with 8 for training and 4 for test there and "Built-in shapes" with 12 for training and 4 for test here',
    ],
    [{ dataFingerprint: 'other' }, 'its examples are others, though also "Built-in shapes" with 8 for training and 4 for test'],
  ])('is refused with the difference: %j', (change, why) => {
    expect(() => assertSameRun(identity, { ...identity, ...change }, 'f')).toThrow(
      `f is the checkpoint of another search: ${why}. Give that search's options, or name another file.`,
    );
  });

  it('is not one where only keys without a value differ', () => {
    const targets = { ...smallConfig.targets, macs: undefined } as never;
    expect(() => assertSameRun(identity, { ...identity, config: { ...smallConfig, targets } }, 'f')).not.toThrow();
  });
});
