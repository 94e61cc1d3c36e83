/** A sweep that is killed, cancelled and gone on with, and whose results are collected. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MetricId } from '../../src/core/cost/metrics';
import { metricTexts } from '../../src/core/cost/metricTexts';
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

const READ_BY_OPTUNA = `
import json, sys, optuna
storage = optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(sys.argv[1]))
study = optuna.load_study(study_name=sys.argv[2], storage=storage)
print(json.dumps({
    "directions": [direction.name for direction in study.directions],
    "trials": [
        {
            "state": trial.state.name,
            "values": trial.values,
            "params": trial.params,
            "constraints": trial.system_attrs.get("constraints"),
            "curve": list(trial.intermediate_values.values()),
        }
        for trial in study.trials
    ],
}))`;

/** The first Python that has Optuna: Debian's package is of Debian's own. */
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import optuna']).status === 0);
if (python === undefined) console.warn('Journals are not loaded by Optuna, which is not here: apt-get install python3-optuna');

interface Study {
  readonly directions: readonly string[];
  readonly trials: readonly {
    readonly state: string;
    readonly values: readonly number[] | null;
    readonly params: Readonly<Record<string, unknown>>;
    readonly constraints: readonly number[] | null;
    readonly curve: readonly number[];
  }[];
}

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
  if (python === undefined) return;

  const loaded = execFileSync(python, ['-c', READ_BY_OPTUNA, journal, 'cells'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { directions, trials } = JSON.parse(loaded) as Study;
  const limited = (Object.keys(metricTexts) as MetricId[]).filter((id) => same?.config.targets[id] !== undefined);
  expect(directions).toEqual(['MAXIMIZE', ...limited.map(() => 'MINIMIZE')]);
  expect(trials.map(({ state }) => state).toSorted()).toEqual([...Array<string>(4).fill('COMPLETE'), ...Array<string>(4).fill('FAIL')]);
  for (const { state, values, params, constraints, curve } of trials) {
    const { method, randomSeed } = params;
    if (state === 'FAIL') expect([values, constraints, curve]).toEqual([null, null, []]);
    else {
      const run = found.find(({ config, result }) => config.method === method && config.randomSeed === randomSeed && result);
      const costs = limited.map((id) => run?.result?.costs.final[id] as number);
      expect(values).toEqual([run?.result?.quality.final, ...costs]);
      expect(constraints).toEqual(limited.map((id, at) => (costs[at] as number) - (run?.config.targets[id] as number)));
      expect(curve).toEqual(run?.series.validationQuality?.value);
    }
  }
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
