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

it('plans a cell a line, and takes targets out of reach as a result', async () => {
  const path = join(folder, 'two');
  const planned = await runProgram(SWEEP, ['plan', path, '--method', 'pit', '--device', 'gap8,stm32l4r5', '--memory', '1B', ...tinySearch]);
  expect(planned.stdout).toContain('2 cells');
  expect(readFileSync(join(path, 'plan.ndjson'), 'utf8').trim().split('\n')).toHaveLength(3);
  expect(await runProgram(SWEEP, ['run', path, '--parallel', '1'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('All 2 cells have a result'),
  });
  const { stdout } = await runProgram(SWEEP, ['collect', path]);
  expect(
    stdout
      .split('\r\n')
      .slice(1, 3)
      .map((line) => line.split(',').slice(1, 5)),
  ).toEqual([
    ['infeasible', 'ic', 'pit', 'gap8'],
    ['infeasible', 'ic', 'pit', 'stm32l4r5'],
  ]);
});
