/** The page of int8 networks that ships, and what the command refuses; tests/cli/export.long.test.ts measures a network. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../../tests/support/command';
import { evaluateInt8 } from './command';
import { int8Page } from './page';
import type { Int8Part, Int8Results } from './parts';

const part: Int8Part = {
  task: 'ic',
  data: { name: 'Built-in shapes', synthetic: true, train: 1600, test: 500 },
  network: { method: 'pit', randomSeed: 2, parameters: 12_345 },
  quality: { float: 0.5, after: 0.48, aware: 0.475 },
  epochs: 3,
  keptEpoch: 2,
  stepsPerEpoch: 45,
  stepMs: 210.4,
  fileBytes: 20_000,
  arenaBytes: 49_152,
};

it('has a row for each network, with what the training gains', () => {
  const page = int8Page({ parts: { one: part, other: { ...part, task: 'ad', keptEpoch: 0 } } });
  expect(page.replaceAll(/ +/g, ' ')).toContain(
    '| ic | built-in | pit | 12,345 | 50.0 % | 48.0 % | −2.0 points | 47.5 % | −0.5 points | 2 of 3 | 210 ms | 20,000 B | 49,152 B |',
  );
  expect(page.replaceAll(/ +/g, ' ')).toContain('| 0.5 | 0.48 | −0.020 | 0.475 | −0.005 | 0 of 3 |');
  expect(page).toMatch(/standard\s+error\s+of\s+2\.2\s+points/);
});

it('has the page of docs/evaluation-int8.json', () => {
  const docs = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
  expect(int8Page(JSON.parse(docs('evaluation-int8.json')) as Int8Results)).toBe(docs('evaluation-int8.md'));
});

it('refuses another number of epochs than an export takes', async () => {
  await expect(evaluateInt8(['--int8', 'run.json', '--epochs', '4'])).rejects.toThrow('--epochs');
});
