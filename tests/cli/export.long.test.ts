/** Quantisation-aware training of the network of a search, as a person calls it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Int8Part, Int8Results } from '../../src/cli/evaluation/int8/parts';
import { endCommands, runProgram, tinySearch } from '../support/command';

let folder: string;
let searched: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aware '));
  searched = join(folder, 'run');
  const { status, stderr } = await runProgram('src/cli/search.ts', [
    ...[...tinySearch, '--memory', '20kB'],
    ...['--export', 'tflite', '--out', searched],
  ]);
  expect(status, stderr).toBe(0);
});
afterAll(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

const contents = (at: string, name: string) => readFileSync(join(at, name));

it('lets the network learn on as int8 before it is written, and says which is kept', async () => {
  const out = join(folder, 'aware');
  const { status, stdout, stderr } = await runProgram('src/cli/export.ts', [
    ...['--run', join(searched, 'run.json'), '--to', 'tflite', '--out', out],
    ...['--quantise', 'aware', '--quantise-epochs', '1'],
  ]);
  expect(status, stderr).toBe(0);
  const kept = /as int8 at once, .* after each epoch as int8; (.*)\n/.exec(stdout)?.[1];
  const { quantisation } = JSON.parse(contents(out, 'card.json').toString()) as { quantisation: unknown };
  const same = contents(out, 'model.tflite').equals(contents(searched, 'model.tflite'));
  // Which of the two is better is up to chance, and the files must be those of the one that is named.
  if (kept === 'the network is quantised at once') expect([quantisation, same]).toEqual(['after training', true]);
  else expect([kept, quantisation, same]).toEqual(['epoch 1 is kept', expect.objectContaining({ keptEpoch: 1 }), false]);
});

it('is measured beside quantising after training, in a table that keeps other networks', async () => {
  const json = join(folder, 'int8.json');
  for (const epochs of ['1', '2']) {
    const { status, stderr } = await runProgram('src/cli/evaluate.ts', [
      ...['--int8', join(searched, 'run.json'), '--epochs', epochs, '--json', json],
    ]);
    expect(status, stderr).toBe(0);
  }
  const parts = Object.values((JSON.parse(contents(folder, 'int8.json').toString()) as Int8Results).parts);
  // The same network again takes the place of what was measured before.
  expect(parts).toHaveLength(1);
  const { quality, keptEpoch, ...rest } = parts[0] as Int8Part;
  expect(rest).toMatchObject({
    task: 'ic',
    epochs: 2,
    data: { synthetic: true, test: 20 },
    fileBytes: contents(searched, 'model.tflite').length,
  });
  if (keptEpoch === 0) expect(quality.aware).toBe(quality.after);
  expect(contents(folder, 'int8.md').toString()).toMatch(/^\| ic +\| built-in /m);
});
