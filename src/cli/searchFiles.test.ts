import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { smallConfig } from '../../tests/support/search';
import { normalizationOf } from '../core/data/dataset';
import { shapeDataset } from '../core/data/shapes';
import { createParameters, disposeParameters, initialWeights, type Parameters } from '../core/network/parameters';
import { planNetwork } from '../core/network/plan';
import { resnet8Seed } from '../core/network/resnet8';
import { createRandom } from '../core/random';
import { readRunFile } from '../core/runs/readRunFile';
import { RunRecorder } from '../core/runs/runFile';
import type { Exporter } from '../exporters/exporter';
import { exporters } from '../exporters/index';
import { readSearchArguments } from './arguments';
import { SearchFiles, type EndedRun } from './searchFiles';
import { numbersIn } from '../core/ops/shape';

const plan = planNetwork(resnet8Seed(10));
const weights = initialWeights(plan, createRandom(1, 'weights'));

let folder: string;
let parameters: Parameters;
let ended: EndedRun;
beforeAll(() => useBackend('cpu'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files '));
  parameters = createParameters(plan, weights);
  const recorder = new RunRecorder();
  const costs = { seedNetwork: {}, final: {} };
  const found = { choice: {}, channels: [], network: plan.network, constraints: [], objectives: [], costs };
  const rest = { quality: { id: 'accuracy', derived: 0.5, final: 0.6 }, timing: { stepMs: {}, totalMs: 1 }, trainedMacs: 1 };
  recorder.add({ kind: 'result', step: 1, result: { ...found, ...rest } });
  const dataset = shapeDataset(4, 2);
  const context = { config: smallConfig, dataset, environment: {}, stopped: false };
  ended = {
    model: { plan, parameters, architecture: null },
    runFile: (stored) => recorder.file(context, stored),
    trainingSet: { examples: dataset.train, shape: dataset.shape, normalization: normalizationOf(dataset.train, dataset.shape) },
  };
});
afterEach(() => {
  disposeParameters(parameters);
  rmSync(folder, { recursive: true });
});

const runAt = (path: string) => readRunFile(readFileSync(path, 'utf8'));

/** The values that a run file's weights say of a parameter. */
function storedValues(path: string, parameter: string): Float32Array {
  const { file = '', parameters: stored = [] } = runAt(path).result?.weights ?? {};
  const { shape = [], offset = 0 } = stored.find(({ name }) => name === parameter) ?? {};
  const bytes = readFileSync(join(path, '..', file));
  const size = numbersIn(shape);
  return Float32Array.from({ length: size }, (_, index) => bytes.readFloatLE(offset + 4 * index));
}

describe('--out', () => {
  it.each([
    ['run.json', 'run.weights'],
    ['run', 'run.weights'],
    ['run.weights', 'run.weights.weights'],
  ])('%s has the weights beside it in %s', async (name, weightsName) => {
    const path = join(folder, name);
    await new SearchFiles(path, []).write(ended, true);
    expect(readdirSync(folder).toSorted()).toEqual([name, weightsName].toSorted());
    expect(runAt(path).result?.weights?.file).toBe(weightsName);
    for (const of of ['stemConv/kernel', 'logits/bias']) expect(storedValues(path, of)).toEqual(weights[of]?.data);
  });

  // Windows lets only administrators make links.
  it.skipIf(process.platform === 'win32')('has them where it really lies, when its path is a link', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'first.json'), '');
    symlinkSync(join(folder, 'real', 'first.json'), join(folder, 'run.json'));
    await new SearchFiles(join(folder, 'run.json'), []).write(ended, true);
    expect([readdirSync(folder), readdirSync(join(folder, 'real'))]).toEqual([
      ['real', 'run.json'],
      ['first.json', 'first.weights'],
    ]);
  });

  it('knows every file that it writes', async () => {
    const alone = new SearchFiles(join(folder, 'run.json'), []);
    await alone.write(ended, true);
    expect(alone.paths.toSorted()).toEqual(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .toSorted(),
    );
    const all = new SearchFiles(join(folder, 'all'), exporters);
    expect(all.paths).toContain(join(folder, 'all', 'run.json'));
    expect(all.paths).toContain(join(folder, 'all', 'run.weights'));
    for (const { files } of exporters) for (const name of files) expect(all.paths).toContain(join(folder, 'all', name));
  });

  it('tries the place of the weights before the first step', () => {
    mkdirSync(join(folder, 'run.weights'));
    expect(() => new SearchFiles(join(folder, 'run.json'), [])).toThrow(/^--out: .*run\.weights cannot be written, since it is a folder\./);
  });

  it('writes no weights where there is no result', async () => {
    await new SearchFiles(join(folder, 'run.json'), []).write(ended, false);
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(runAt(join(folder, 'run.json')).result).not.toHaveProperty('weights');
  });

  // Windows has no folder of devices.
  it.skipIf(process.platform === 'win32')('writes no weights beside a device', async () => {
    await expect(new SearchFiles('/dev/null', []).write(ended, true)).resolves.toBeUndefined();
    expect(readdirSync('/dev')).not.toContain('null.weights');
  });

  it('says nothing of weights that could not be written', async () => {
    const files = new SearchFiles(join(folder, 'run.json'), []);
    mkdirSync(join(folder, 'run.weights'));
    await expect(files.write(ended, true)).rejects.toThrow('run.weights could not be written, since it is a folder.');
    expect(runAt(join(folder, 'run.json')).result).not.toHaveProperty('weights');
  });
});

describe('--out with --export', () => {
  const everyFile = [...new Set(['run.weights', ...exporters.flatMap(({ files }) => files)])].toSorted();

  it('is a folder, made with those above it, with a file for each', async () => {
    const out = join(folder, 'runs', 'first');
    await new SearchFiles(out, exporters).write(ended, true);
    expect(readdirSync(out)).toEqual(everyFile);
    expect(runAt(join(out, 'run.json')).result?.weights?.file).toBe('run.weights');
    expect(JSON.parse(readFileSync(join(out, 'network.json'), 'utf8'))).toMatchObject({ network: plan.network });
  });

  it('tries every path before the first step', () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'network.json'));
    expect(() => new SearchFiles(join(folder, 'file'), exporters)).toThrow(/^--out: .*file cannot be a folder, since it is a file\./);
    expect(() => new SearchFiles(join(folder, 'file', 'in'), exporters)).toThrow(/file is not a folder\. Name another folder\.$/);
    expect(() => new SearchFiles('', exporters)).toThrow('--out takes the name of a folder');
    expect(() => new SearchFiles(folder, exporters)).toThrow(/^--out: .*network\.json cannot be written, since it is a folder\./);
  });

  it('writes all other files when an export fails', async () => {
    const write = () => Promise.reject(new Error('cannot'));
    const broken: Exporter = { id: 'broken', label: 'broken', files: ['broken.bin'], mime: '', note: '', write };
    await expect(new SearchFiles(folder, [broken, ...exporters]).write(ended, true)).rejects.toThrow('cannot');
    expect(readdirSync(folder)).toEqual(everyFile);
  });

  it('writes the run file alone when there is no network yet', async () => {
    await new SearchFiles(folder, exporters).write({ ...ended, model: null }, false);
    expect(readdirSync(folder)).toEqual(['run.json']);
  });
});

describe('the options', () => {
  const exportsOf = (...args: string[]) => readSearchArguments(args)?.exports.map(({ id }) => id);

  it('name exports once each', () => {
    expect(exportsOf('--out', 'runs')).toEqual([]);
    expect(exportsOf('--out', 'runs', '--export', 'network,run,network')).toEqual(['network', 'run']);
  });

  it.each([
    [['--export', 'paper', '--out', 'runs'], 'there is no export "paper"; there are: network, run'],
    [['--export', '', '--out', 'runs'], 'there is no export ""; there are: network, run'],
    [['--export', 'network'], '--export needs --out, the folder to write into'],
  ])('%j: %s', (args, message) => {
    expect(() => readSearchArguments(args)).toThrow(message);
  });
});
