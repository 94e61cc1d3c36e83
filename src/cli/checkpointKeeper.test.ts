import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { smallConfig } from '../../tests/support/search';
import { shapeDataset } from '../core/data/shapes';
import { identityOf, writeCheckpoint, type Checkpoint } from '../core/runs/checkpoint/checkpointFile';
import { RunRecorder } from '../core/runs/runFile';
import { CheckpointKeeper } from './checkpointKeeper';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { Interrupted, Interruption } from './interruption';

const run = identityOf(smallConfig, shapeDataset(8, 4), 'wasm');
const search = { operations: [], underWay: null, variables: [], elapsedMs: 61_000 };
const checkpoint: Checkpoint = { ...run, finished: false, search, recorder: new RunRecorder().state() };

let folder: string;
let path: string;
let errors: string[];
let interruption: Interruption;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint '));
  path = join(folder, 'c');
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
  interruption = new Interruption(() => {});
  interruption.defer();
});
afterEach(() => {
  vi.restoreAllMocks();
  process.removeAllListeners('SIGUSR1');
  rmSync(folder, { recursive: true });
});

/** A keeper that has begun to write, and how often it has captured. */
function started(everyMs: number, content = checkpoint) {
  const keeper = new CheckpointKeeper(path, [], everyMs);
  keeper.foundFor(run);
  const captures = { count: 0 };
  const controls = { eager: false };
  const search = {
    unread: 0,
    capturable: () => search.unread === 0,
    capture: async () => {
      captures.count += 1;
      return content;
    },
  };
  keeper.start(search, controls);
  return { keeper, captures, search, controls };
}

describe('a checkpoint’s file', () => {
  it('is written once its time has come, when a signal asks for it, and when one ends the search', async () => {
    const { keeper, captures } = started(1e9);
    await keeper.pause(interruption);
    expect(captures.count).toBe(0);
    process.emit('SIGUSR1');
    await keeper.pause(interruption);
    await keeper.pause(interruption);
    expect(captures.count).toBe(1);
    expect(errors).toEqual([`checkpoint: written to ${path}`]);
    rmSync(path);
    interruption.receive('SIGTERM');
    await expect(keeper.pause(interruption)).rejects.toBeInstanceOf(Interrupted);
    expect(new CheckpointKeeper(path, []).foundFor(run)).toEqual(checkpoint);
    const often = started(0);
    await often.keeper.pause(new Interruption(() => {}));
    expect(often.captures.count).toBe(1);
    expect(readdirSync(folder)).toEqual(['c']);
  });

  it('waits on a graphics card until a step has been read, for which it asks', async () => {
    const { keeper, captures, search, controls } = started(1e9);
    search.unread = 3;
    await keeper.pause(interruption);
    expect(controls.eager).toBe(false);
    interruption.receive('SIGTERM');
    await keeper.pause(interruption);
    expect([controls.eager, captures.count]).toEqual([true, 0]);
    search.unread = 0;
    await expect(keeper.pause(interruption)).rejects.toBeInstanceOf(Interrupted);
    expect([controls.eager, captures.count]).toEqual([false, 1]);
  });

  it('tells how long the search has gone on, or that it has ended', async () => {
    expect(started(60_000).keeper.line).toMatch(/^checkpoint: .*c\. It is written every 1 min 0 s, at the end, and when process \d+ gets/);
    writeFileSync(path, writeCheckpoint(checkpoint, RESULTS_VERSION));
    expect(started(60_000).keeper.line).toMatch(/^checkpoint: going on from .*c, after 1 min 1 s\. It is written/);
    const { keeper } = started(0, { ...checkpoint, finished: true });
    await keeper.end();
    expect(started(0).keeper.line).toBe(`checkpoint: the search of ${path} has ended. This is its result again.`);
  });

  it('that cannot be written ends no search, and is told', async () => {
    const { keeper } = started(0);
    mkdirSync(path);
    await keeper.pause(interruption);
    expect(errors).toEqual([`${path} could not be written, since it is a folder. It lies in ${path}.part instead.`]);
    expect(keeper.lies).toBe(false);
    rmSync(path, { recursive: true });
    await keeper.pause(interruption);
    expect(keeper.lies).toBe(true);
  });
});

describe('of two searches with the same file', () => {
  it('the later one writes beside it, and says where', async () => {
    const [one, other] = [started(0), started(0)];
    await one.keeper.pause(interruption);
    await one.keeper.pause(interruption);
    expect(errors).toEqual([]);
    const first = readFileSync(path);
    await other.keeper.pause(interruption);
    await other.keeper.end();
    expect(readFileSync(path)).toEqual(first);
    expect(readdirSync(folder).toSorted()).toEqual(['c', `c.${process.pid}`]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/another program has written .*c since this search began, .* This search writes .*c\.\d+; name that/);
    expect([other.keeper.lies, other.keeper.path]).toEqual([true, `${path}.${process.pid}`]);
  });

  it('a file that was removed is written again', async () => {
    const { keeper } = started(0);
    await keeper.pause(interruption);
    rmSync(path);
    await keeper.pause(interruption);
    expect([readdirSync(folder), errors]).toEqual([['c'], []]);
  });
});

describe('stays as it was and is refused', () => {
  const file = writeCheckpoint(checkpoint, RESULTS_VERSION);
  it.each([
    ['of another version', writeCheckpoint(checkpoint, RESULTS_VERSION + 1), /is a checkpoint of version \d+ of seeded searches/],
    ['cut short', file.subarray(0, -1), /was cut short/],
    ['damaged', file.map((byte, at) => (at === file.length - 1 ? byte + 1 : byte)), /was damaged/],
    ['no checkpoint', new Uint8Array(9), /is no checkpoint/],
    [
      'of another config',
      writeCheckpoint({ ...checkpoint, config: { ...smallConfig, icv: 1 } }, RESULTS_VERSION),
      /another search: icv is 1 there and 0 here/,
    ],
    ['of other data', writeCheckpoint({ ...checkpoint, dataFingerprint: '' }, RESULTS_VERSION), /another search: its examples are others/],
    ['of another backend', writeCheckpoint({ ...checkpoint, backend: 'cpu' }, RESULTS_VERSION), /another search: the backend is cpu there/],
  ])('a file %s', (_, bytes, message) => {
    writeFileSync(path, bytes);
    expect(() => new CheckpointKeeper(path, []).foundFor(run)).toThrow(message);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('a folder, a place in none, and the run file', () => {
    expect(() => new CheckpointKeeper(folder, [])).toThrow(`--checkpoint: ${folder} is a folder. Name a file.`);
    expect(() => new CheckpointKeeper(join(folder, 'none', 'c'), [])).toThrow(/cannot be written, since there is no folder/);
    expect(() => new CheckpointKeeper('', [])).toThrow('--checkpoint takes the name of a file');
    expect(() => new CheckpointKeeper(path, ['other', join(folder, '.', 'c')])).toThrow(/c is a file that --out writes too/);
    expect(() => new CheckpointKeeper(`${path}.part`, [path])).toThrow(/c\.part is a file that --out writes too/);
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    try {
      expect(() => new CheckpointKeeper(join(link, 'c'), [path])).toThrow(/c is a file that --out writes too/);
    } finally {
      rmSync(link);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
