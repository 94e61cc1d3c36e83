/** A short form of the comparison, as a person runs it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { endCommands, runProgram } from '../../../../tests/support/command';
import type { Baselines } from './results';

const folder = mkdtempSync(join(tmpdir(), 'baselines-'));
const json = join(folder, 'b.json');
const args = ['--baselines', '--budget', 'tiny', '--methods', 'pit', '--random', '2', '--json', json];

afterAll(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

it('stops early, goes on where it stopped, and writes the page', async () => {
  const jobs = () => Object.values((JSON.parse(readFileSync(json, 'utf8')) as Baselines).parts)[0]?.jobs ?? {};
  expect((await runProgram('src/cli/evaluate.ts', [...args, '--most', '2'])).status).toBe(0);
  const first = jobs();
  expect(Object.keys(first)).toHaveLength(2);
  const { status, stderr } = await runProgram('src/cli/evaluate.ts', args);
  expect(status, stderr).toBe(0);
  expect(jobs()).toMatchObject(first);
  expect(stderr).toMatch(/^largest: channels /m);
  const page = readFileSync(join(folder, 'b.md'), 'utf8');
  expect(page).toContain('It is complete: 1 of 1 searches');
  expect(page).toMatch(/\| result at equal work +\| pit +\| [+−]/);
}, 300_000);

it('refuses results of another version', async () => {
  writeFileSync(json, '{"resultsVersion": 1, "parts": {}}');
  const { status, stderr } = await runProgram('src/cli/evaluate.ts', args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/holds results of version 1 of seeded searches, .*name another file with --json$/m);
});
