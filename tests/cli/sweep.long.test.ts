/** A sweep that is killed, cancelled and gone on with, and whose results are collected. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRunFile } from '../../src/core/runs/readRunFile';
import { readPlan } from '../../src/core/runs/sweep/plan';
import { endCommands, longSearch, runProgram, startProgram, tinySearch } from '../support/command';

const SWEEP = 'src/cli/sweep.ts';
const SEARCH = 'src/cli/search.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep '));
  path = join(folder, 'cells');
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

const results = () => readdirSync(join(path, 'results')).map((name) => readRunFile(readFileSync(join(path, 'results', name), 'utf8')));
/** Processes of this sweep: their parent passes no path to them, so all that run cells below this test's processes count. */
const cellsOf = (pid: number | undefined) => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
};
const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 100));
};
const status = async () => (await runProgram(SWEEP, ['status', path])).stdout;

it('runs cells to the numbers of the same searches by hand, once each, and collects them', async () => {
  await runProgram(SWEEP, ['plan', path, '--method', 'supernet,pit', '--memory', '40kB,1B', '--seeds', '1-2', ...tinySearch]);
  expect((await runProgram(SWEEP, ['run', path, '--parallel', '2'])).status).toBe(0);
  const found = results();
  expect(found.map(({ cell }) => cell?.status).toSorted()).toEqual([
    ...Array<string>(4).fill('infeasible'),
    ...Array<string>(4).fill('met'),
  ]);
  const out = join(folder, 'run.json');
  await runProgram(SEARCH, ['--method', 'pit', '--memory', '40kB', '--seed', '2', '--backend', 'wasm', '--out', out, ...tinySearch]);
  const byHand = readRunFile(readFileSync(out, 'utf8'));
  const same = found.find(({ config, result }) => config.method === 'pit' && config.randomSeed === 2 && result);
  expect(same?.result?.quality).toEqual(byHand.result?.quality);
  expect(same?.series.validationLoss).toEqual(byHand.series.validationLoss);

  expect(await status()).toContain('8 of 8 cells with a result: 4 met, 4 infeasible');
  const [csv, journal] = [join(folder, 'a.csv'), join(folder, 'a.log')];
  await runProgram(SWEEP, ['collect', path, '--csv', csv, '--optuna', journal]);
  expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(9);
  const operations = readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly op_code: number; readonly state?: number });
  expect(operations.filter(({ op_code }) => op_code === 4)).toHaveLength(8);
  expect(operations.flatMap(({ op_code, state }) => (op_code === 6 ? [state] : [])).toSorted()).toEqual([1, 1, 1, 1, 3, 3, 3, 3]);
});

// Windows has no such signals, and only Linux lists processes so.
it.skipIf(process.platform !== 'linux')('goes on after its end by KILL and by cancel, and leaves no process behind', async () => {
  await runProgram(SWEEP, ['plan', path, '--method', 'pit', ...longSearch]);
  const first = startProgram(SWEEP, ['run', path]);
  await first.line(/^1 of 1 cell to run/);
  await until(() => existsSync(join(path, 'running.json')) && /"share":0\.\d*[1-9]/.test(readFileSync(join(path, 'running.json'), 'utf8')));
  expect((await runProgram(SWEEP, ['run', path])).stderr).toContain('is being run by process');
  const cells = cellsOf(first.process.pid);
  expect(cells.length).toBeGreaterThan(0);
  first.process.kill('SIGKILL');
  await first.ended;
  await until(() => !cells.some(isAlive));
  expect(await status()).toContain('nobody runs it now');
  const [checkpoint] = readdirSync(join(path, 'checkpoints')) as [string];
  expect(readFileSync(join(path, 'checkpoints', checkpoint)).length).toBeGreaterThan(1000);

  const second = startProgram(SWEEP, ['run', path]);
  await second.line(/^1 of 1 cell to run/);
  await until(() => existsSync(join(path, 'running.json')) && readFileSync(join(path, 'running.json'), 'utf8').includes('"share":0.'));
  expect((await runProgram(SWEEP, ['cancel', path])).stdout).toContain('Ended.');
  expect((await second.ended).status).toBe(1);
});

it.skipIf(process.platform !== 'linux')('replaces a process that was killed, and gives a cell up after three', async () => {
  await runProgram(SWEEP, ['plan', path, '--method', 'pit', ...longSearch]);
  const run = startProgram(SWEEP, ['run', path]);
  const killed = new Set<number>();
  const over = new AbortController();
  void run.ended.then(() => over.abort());
  while (!over.signal.aborted) {
    for (const pid of cellsOf(run.process.pid).filter((one) => !killed.has(one))) {
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect((await run.ended).status).toBe(1);
  expect(killed.size).toBe(3);
  expect(run.printed.stderr).toMatch(/failed 3 times, see .*\.log/);
  expect(await status()).toMatch(/ {2}pit, gap8, .*: failed, see /);
});

it('takes a plan of the page, and refuses one that was changed by hand', async () => {
  await runProgram(SWEEP, ['plan', path, '--method', 'pit', '--memory', '1B', ...tinySearch]);
  const file = join(path, 'plan.ndjson');
  const page = join(folder, 'page.ndjson');
  const text = readFileSync(file, 'utf8');
  writeFileSync(page, text.replace(/"dataFingerprint":"\w+"/, '"dataFingerprint":null').replace(/"key":"\w+"/, '"key":null'));
  const other = join(folder, 'other');
  expect((await runProgram(SWEEP, ['plan', other, '--from', page])).stdout).toContain('1 cell.');
  expect(readPlan(readFileSync(join(other, 'plan.ndjson'), 'utf8'), other)).toEqual(readPlan(text, file));
  writeFileSync(file, text.replace('"randomSeed":1', '"randomSeed":2'));
  const refused = await runProgram(SWEEP, ['run', path]);
  expect([refused.status, refused.stderr.trim()]).toEqual([2, expect.stringContaining('was changed by hand')]);
});
