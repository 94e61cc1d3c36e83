import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { forgetAll, storageOf } from '../../tests/support/keptRuns';
import { smallConfig } from '../../tests/support/search';
import { setLanguage } from '../core/language/say';
import { said, type Told } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { writeCheckpoint } from '../core/runs/checkpoint/checkpointFile';
import type { RecordedRun } from '../core/runs/recordedRun';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { runDataOf, RunRecorder } from '../core/runs/runFile';
import type { SearchEvent } from '../core/search/events';
import { shapeDataset } from '../core/data/shapes';
import { RunLibrary } from '../keep/runLibrary';
import { takeAlong } from '../keep/takeAlong';
import { unlabelled } from '../keep/keptRun';
import { runFileOf } from '../store/keptView';
import { importRuns } from './importRuns';

afterEach(forgetAll);
afterEach(() => setLanguage('en', null));

const run = {
  version: 2,
  config: { ...smallConfig, data: runDataOf(shapeDataset(8, 4)) },
  environment: { backend: 'webgpu' },
  series: {
    trainLoss: { step: [1, 2, 3, 4], value: [2.5, 2.25, null, 1.5] },
    validationQuality: { step: [2, 4], value: [0.25, 0.5] },
    'target/flashBytes': { step: [0, 3], value: [40_000, 30_000] },
  },
  warnings: ['few'],
  stopped: true,
  dataFingerprint: '0'.repeat(32),
  result: null,
};
const text = JSON.stringify(run);
const picked = (name: string, bytes: Uint8Array) => ({
  path: name,
  size: bytes.length,
  slice: (from: number, to: number) => Promise.resolve(bytes.slice(from, to)),
});
const open = (files: Readonly<Record<string, string | Uint8Array>>) =>
  Object.entries(files).map(([name, content]) => picked(name, typeof content === 'string' ? strToU8(content) : content));

describe('runs that come as files', () => {
  it('are kept with names and notes, and give the same run file again', async () => {
    const storage = storageOf();
    const label = { ...unlabelled('x'), name: 'Näme', note: 'note', starred: true };
    const taken = await takeAlong(
      (async function* () {
        yield await Promise.resolve({ file: JSON.parse(text) as never, label, started: 1234, checkpoint: null });
        yield await Promise.resolve({ file: JSON.parse(text) as never, label: unlabelled('y'), started: 5678, checkpoint: null });
      })(),
    );
    const zip = new Uint8Array(await taken.arrayBuffer());
    expect(await importRuns(open({ 'runs.zip': zip }), storage)).toEqual({ taken: 2, problems: [] });
    const library = new RunLibrary(storage);
    const [newer, older] = await library.list();
    expect(newer).toMatchObject({ started: 5678, imported: true, state: 'stopped', step: 4, checkpointBytes: 0, label: { name: '' } });
    expect(older).toMatchObject({ started: 1234, label: { name: 'Näme', note: 'note', starred: true } });
    const file = runFileOf(await library.read(older?.id as string));
    expect(JSON.parse(JSON.stringify(file))).toEqual(run);
  });

  it.each([
    ['no JSON', { 'a.json': '{"version": 2,' }, 'a.json: This run file cannot be read, since it is not whole JSON.'],
    ['another version', { 'a.json': '{"version": 9}' }, 'This run file is of version 9, and this workbench reads versions 1 and 2.'],
    ['a list', { 'a.json': '[]' }, 'it has no version number'],
    ['curves of unequal length', { 'a.json': text.replace('[0.25,0.5]', '[0.25]') }, '"series.validationQuality" holds another number'],
    ['a step that is text', { 'a.json': text.replace('[2,4]', '["2",4]') }, '"series.validationQuality.step.0" should be number'],
    ['a device that is code', { 'a.json': text.replace('"device":"gap8"', '"device":{"toString":"x"}') }, '"config.device" should be'],
    ['a prototype', { 'a.json': text.replace('"series":{', '"series":{"__proto__":{"step":1},') }, null],
    ['a program', { 'run.js': 'alert(1)' }, 'run.js: It is no .json file.'],
    ['an archive without runs', { 'a.zip': zipSync({ 'x.txt': strToU8('x') }) }, 'x.txt: It is no .json file.'],
    ['an archive that leaves its folder', { 'a.zip': zipSync({ '../../a.json': strToU8(text) }) }, /\.\./],
  ])('are refused in one sentence when they are %s', async (_, files: Readonly<Record<string, string | Uint8Array>>, message) => {
    const storage = storageOf();
    const attempt = async () => importRuns(open(files), storage);
    if (message === null) {
      await attempt().catch(() => {});
      expect(({} as { step?: unknown }).step).toBeUndefined();
    } else await expect(attempt()).rejects.toThrow(message);
  });

  it('are taken where others are refused, which is told by name', async () => {
    const storage = storageOf();
    const files = open({ 'good.json': text, 'bad.json': '{}', 'runs.json': '{"runs": [{"file": 3}]}' });
    const { taken, problems } = await importRuns(files, storage);
    expect(taken).toBe(1);
    expect(problems).toHaveLength(2);
    expect(problems.map(said).join()).toMatch(/runs.json: The names and notes.*bad.json: This run file/);
    setLanguage('zh-CN', messages);
    expect(said(problems[0] as Told)).toMatch(/^runs.json：\p{Script=Han}/u);
  });

  it('come from folders and several archives, each run called by its own list or by its folder', async () => {
    const storage = storageOf();
    const listOf = (name: string) =>
      strToU8(JSON.stringify({ runs: [{ file: 'run-1.json', name, note: '', starred: false, started: 1 }] }));
    const zip = (name: string) => zipSync({ 'run-1.json': strToU8(text), 'runs.json': listOf(name) });
    const told: number[] = [];
    const picked = open({
      'class/Ana/pit.json': text,
      'class/Ben/runs.zip': zip('Of Ben'),
      'class/Cleo/runs.zip': zip('Of Cleo'),
      'class/Dan/runs.zip': strToU8('no archive'),
      [`class/results/${'0'.repeat(32)}.json`]: text,
    });
    const { taken, problems } = await importRuns(picked, storage, ({ total }) => told.push(total));
    expect(taken).toBe(4);
    expect(problems.map(said)).toEqual([expect.stringContaining('class/Dan/runs.zip')]);
    expect(told[0]).toBe(4);
    const names = (await new RunLibrary(storage).list()).map(({ label }) => label.name);
    expect(names.toSorted()).toEqual(['', 'Ana/pit', 'Of Ben', 'Of Cleo']);
  });

  it('come without the weights of a checkpoint that is damaged, of another run, or alone, which is told', async () => {
    const { data, ...config } = run.config;
    const result = JSON.parse(readFileSync('src/ui/recorded/recordedRun.json', 'utf8')) as RecordedRun;
    const found = (result.told.findLast(({ kind }) => kind === 'result') as Extract<SearchEvent, { kind: 'result' }>).result;
    const finished = JSON.stringify({ ...run, environment: { backend: 'wasm' }, stopped: false, result: found });
    const whole = {
      ...{ config, data, dataFingerprint: run.dataFingerprint, backend: 'wasm', finished: true },
      search: { operations: [], underWay: null, variables: [Float32Array.of(1, 2)], elapsedMs: 0 },
      recorder: new RunRecorder().state(),
    };
    const written = (change: object, results: number = RESULTS_VERSION) => writeCheckpoint({ ...whole, ...change }, results);
    const taken = async (checkpoint: Uint8Array, file = finished) => {
      await forgetAll();
      const storage = storageOf();
      const { problems } = await importRuns(open({ 'a/pit.json': file, 'a/pit.checkpoint': checkpoint }), storage);
      const [{ checkpointBytes } = { checkpointBytes: NaN }] = await new RunLibrary(storage).list();
      return [checkpointBytes, ...problems.map(said)];
    };
    const good = written({});
    expect(await taken(good)).toEqual([good.length]);
    const without = 'The run comes without its weights.';
    expect(await taken(good.with(good.length - 1, 1))).toEqual([0, `a/pit.checkpoint is a checkpoint that was damaged. ${without}`]);
    expect(await taken(strToU8('alert(1)'))).toEqual([0, `a/pit.checkpoint is no checkpoint. ${without}`]);
    const [bytes, problem] = await taken(written({}, RESULTS_VERSION + 1));
    expect([bytes, problem]).toEqual([
      0,
      expect.stringMatching(/is a checkpoint of version \d+ of seeded searches, .* without its weights\.$/),
    ]);
    const other = [0, `a/pit.checkpoint is not the checkpoint of this finished run. ${without}`];
    expect(await taken(written({ finished: false }))).toEqual(other);
    expect(await taken(written({ backend: 'cpu' }))).toEqual(other);
    expect(await taken(written({ dataFingerprint: '1'.repeat(32) }))).toEqual(other);
    expect(await taken(written({ config: { ...config, randomSeed: 8 } }))).toEqual(other);
    expect(await taken(written({ data: { ...data, trainCount: 1e9 } }))).toEqual(other);
    expect(await taken(written({ config: undefined }))).toEqual(other);
    expect(await taken(good, text)).toEqual(other);
    const alone = importRuns(open({ 'pit.checkpoint': good }), storageOf());
    await expect(alone).rejects.toThrow('pit.checkpoint is a checkpoint without its run file, which has the same name and ends in .json.');
  });

  it('are no trainings without a search', async () => {
    const cell = { key: '0', status: 'trained', reason: null, totalMs: 1, trained: { quality: 0.5, stepMs: 1 } };
    const attempt = importRuns(open({ 'a.json': JSON.stringify({ ...run, cell }) }), storageOf());
    await expect(attempt).rejects.toThrow('a.json: It is the training of a network without a search.');
  });
});
