/** A sweep on the command line: planned, and refused where a search would be. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endCommands, runProgram, tinySearch } from '../support/command';

const SWEEP = 'src/cli/sweep.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sweep '))));
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

it('refuses a setting before anything is written', async () => {
  const path = join(folder, 'one');
  const { status, stderr } = await runProgram(SWEEP, ['plan', path, '--method', 'pit,evolve', '--seeds', '1-2', ...tinySearch]);
  expect([status, stderr.trim()]).toEqual([2, expect.stringContaining('there is no method "evolve"')]);
  expect(existsSync(path)).toBe(false);
});

it('plans a cell a line', async () => {
  const path = join(folder, 'two');
  const { stdout } = await runProgram(SWEEP, [
    'plan',
    path,
    '--method',
    'pit',
    '--device',
    'gap8,stm32l4r5',
    '--seeds',
    '1-3',
    ...tinySearch,
  ]);
  expect(stdout).toContain('6 cells');
  expect(readFileSync(join(path, 'plan.ndjson'), 'utf8').trim().split('\n')).toHaveLength(7);
});
