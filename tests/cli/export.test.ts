/** The `export` command on the run of a search, as a person calls both. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readExportArguments } from '../../src/cli/exportArguments';
import { readFoundNetwork } from '../../src/cli/foundNetwork';
import { inspectionOf } from '../../src/cli/inspectFile';
import { endCommands, runProgram, tinySearch } from '../support/command';

const command = 'src/cli/export.ts';
let folder: string;
let searched: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export '));
  searched = join(folder, 'run');
  const { status, stderr } = await runProgram('src/cli/search.ts', [
    ...tinySearch,
    '--memory',
    '20kB',
    '--export',
    'tflite',
    '--out',
    searched,
  ]);
  expect(status, stderr).toBe(0);
});
afterAll(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

const contents = (at: string, name: string) => readFileSync(join(at, name));

interface Card {
  readonly input: Readonly<Record<'mean' | 'deviation', readonly number[]>> & {
    readonly scale: number;
    readonly zeroPoint: number;
    readonly int8OfByte: readonly (readonly number[])[];
  };
  readonly quality: { readonly int8: number };
}

it('writes what the search wrote, from its run file and its weights, and checks it', async () => {
  const out = join(folder, 'out');
  const { status, stdout, stderr } = await runProgram(command, [
    '--run',
    join(searched, 'run.json'),
    '--to',
    'tflite,onnx,c',
    '--out',
    out,
    '--check',
  ]);
  expect(status, stderr).toBe(0);
  expect(readdirSync(out)).toEqual([
    'card.json',
    'golden.bin',
    'main.c',
    'model.c',
    'model.h',
    'model.onnx',
    'model.tflite',
    'nn_cmsis.c',
    'nn_int8.c',
    'nn_int8.h',
  ]);
  for (const name of ['model.tflite', 'card.json']) expect(contents(out, name).equals(contents(searched, name))).toBe(true);
  expect(stdout).toMatch(/Accuracy on 20 test pictures: .* with floats, .* as int8\nmodel\.tflite on LiteRT: 80 of 80 outputs equal/);
  expect(stdout).toMatch(/C with \w+: PASS|C: not checked/);
  const card = JSON.parse(contents(out, 'card.json').toString()) as Card;
  expect(card).toMatchObject({
    input: { shape: [32, 32, 3], values: 'bytes from 0 to 255', channels: ['red', 'green', 'blue'] },
    output: { shape: [10] },
    quality: { id: 'accuracy', testExamples: 20 },
    tflite: { fileBytes: contents(out, 'model.tflite').length },
    golden: { file: 'golden.bin', cases: 4 },
    search: { command: expect.stringContaining('--memory 20000B --latency') as unknown },
  });
  expect(stdout).toContain(`${(100 * card.quality.int8).toFixed(1)} % as int8`);
  const { scale, zeroPoint, mean, deviation, int8OfByte } = card.input;
  const real = (255 / 255 - (mean[2] as number)) / (deviation[2] as number);
  expect(int8OfByte[2]?.[255]).toBe(Math.min(127, Math.round(real / scale) + zeroPoint));
  expect(contents(out, 'golden.bin')).toHaveLength(4 * (32 * 32 * 3 + 2 * 10));
});

it('shows a file of any program, with this project’s costs and its quality', async () => {
  const shown = await inspectionOf(readExportArguments(['--inspect', join(searched, 'model.tflite'), '--test', '20']) as never);
  expect(shown).toMatch(/^input {3}input \[32, 32, 3\]/);
  expect(shown).toMatch(/\nGAP8 .* kB .* ms +unknown\n/);
  expect(shown).toMatch(/\nSTM32 U575.* ms/);
  expect(shown).toMatch(/\nAccuracy as int8 on 20 test pictures of .*: \d.* %; input normalised/);
});

it('says what is missing or wrong', async () => {
  const run = JSON.parse(contents(searched, 'run.json').toString()) as { dataFingerprint: string; result: { weights?: unknown } };
  const { weights, ...result } = run.result;
  expect(weights).toBeDefined();
  const found = (name: string, file?: unknown) => {
    if (file !== undefined) writeFileSync(join(searched, name), JSON.stringify(file));
    return readFoundNetwork(readExportArguments(['--run', join(searched, name), '--to', 'c', '--out', 'none']) as never);
  };
  await expect(found('other.json', { ...run, dataFingerprint: '0'.repeat(32) })).rejects.toThrow(
    'These are not the examples that the search used',
  );
  await expect(found('bare.json', { ...run, result })).rejects.toThrow('names no file of weights');
  await expect(found('ended.json', { ...run, result: null })).rejects.toThrow('ended before it found a network');
  await expect(found('none.json')).rejects.toThrow('none.json could not be read');
});
