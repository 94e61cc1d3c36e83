/** A sweep on a real Slurm of three made-up nodes: a node dies, a task is cancelled, the controller starts again, and each cell has its result once. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Baselines } from '../../src/cli/evaluation/baselines/results';
import { readRunFile } from '../../src/core/runs/readRunFile';
import { endCommands, longSearch, runProgram } from '../support/command';
import { missingForSlurm, nodes, SlurmCluster, until, type Node } from '../support/slurmCluster';

const SWEEP = 'src/cli/sweep.ts';
const missing = missingForSlurm();
if (missing !== null) console.warn(`Sweeps on Slurm: ${missing}`);

let folder: string;
let path: string;
let cluster: SlurmCluster;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slurm-'));
  path = join(folder, 'my cells');
  cluster = new SlurmCluster(folder);
  await cluster.start();
});
afterEach(async () => {
  await cluster.stop();
  endCommands();
  rmSync(folder, { recursive: true });
});

/** Enough steps that a node can be killed in the middle of a cell. */
const middling = ['--train', '64', '--test', '20', '--epochs', '1,20,1', '--batch', '16'];

const sweep = (...args: string[]) => runProgram(SWEEP, args, cluster.environment);
const run = async (...args: string[]) => {
  const { status, stdout, stderr } = await sweep('run', path, '--engine', 'slurm', ...args);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};
const done = () => namesIn('results').filter((name) => name.endsWith('.json'));
const namesIn = (name: string) => {
  try {
    return readdirSync(join(path, name));
  } catch {
    return [];
  }
};
const results = () => done().map((name) => readRunFile(readFileSync(join(path, 'results', name), 'utf8')));
const tasks = () =>
  cluster
    .ask('squeue', '--noheader', '--array', '--format=%i %T %N')
    .split('\n')
    .flatMap((line) => {
      const [id = '', state = '', node = ''] = line.trim().split(' ');
      return id === '' ? [] : [{ id, state, node }];
    });
const startNow = (id: string) => {
  try {
    cluster.ask('scontrol', 'update', `JobId=${id}`, 'StartTime=now');
  } catch {
    // It has begun by itself since it was listed.
  }
};
/** Slurm holds back a task of a dead node for two minutes, which its owner may shorten. */
const noneLeft = () => {
  const left = tasks();
  if (cluster.sinfo().some((state) => state.startsWith('down'))) for (const { id, state } of left) if (state === 'PENDING') startNow(id);
  return left.length === 0;
};
const atWork = () => tasks().filter(({ state }) => state === 'RUNNING');

it.skipIf(missing !== null)(
  'has every result once, as by hand, though a node dies, a task is cancelled and the controller starts again',
  { timeout: 400_000 },
  async () => {
    await sweep('plan', path, '--method', 'supernet,pit', '--memory', '40kB', '--seeds', '1-6', ...middling);
    // 6 tasks, in arrays of at most 4, which is this cluster's limit.
    expect(await run('--cells-per-task', '2', '--', '--time=10')).toMatch(/Queued 12 cells as 6 tasks of up to 2 \(Slurm: \d+, \d+\)/);
    expect(await run()).toContain('12 cells are queued already');
    expect((await sweep('run', path)).stderr).toContain('Slurm still has 6 tasks');

    // One task waits until it is cancelled, however fast the others are.
    const held = tasks().findLast(({ state }) => state === 'PENDING')?.id ?? '';
    cluster.ask('scontrol', 'hold', held);
    await until(() => atWork().length === 3, 'tasks at work', 120_000);
    expect((await sweep('status', path)).stdout).toMatch(/Slurm has \d tasks with \d+ cells to do: \d at work on n\d.*, \d waiting/);
    await until(() => done().length > 0, 'first result', 120_000);
    const [killed, cancelled] = atWork();
    const states = (await sweep('status', path, '--cells')).stdout;
    expect(states).toMatch(/^ {2}.*, seed \d: met$/m);
    expect(states).toMatch(/^ {2}.*, seed \d: (under way on n\d, \d+ %|waits for n\d, task \d+_\d)$/m);
    expect(states).toMatch(/^ {2}.*, seed \d: pending \(JobHeld\w+\), task \d+_\d$/m);
    await cluster.killNode((killed?.node ?? 'n1') as Node);
    if (cancelled !== undefined) cluster.ask('scancel', cancelled.id);
    await cluster.killController();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    cluster.startController();
    await until(() => cluster.sinfo().length === 3, 'answer of the controller', 60_000);
    // Only now, since a controller that is killed may forget its last moments.
    cluster.ask('scancel', held);

    await until(() => noneLeft(), 'end of the tasks', 300_000);
    // What the dead node had came back, and what was cancelled did not.
    const left = 12 - done().length;
    expect(left).toBeGreaterThanOrEqual(2);
    expect(left).toBeLessThanOrEqual(4);
    expect((await sweep('status', path)).stdout).toContain('nobody runs it now');
    expect(await run()).toContain(`Queued ${left} cell`);
    await until(() => tasks().length === 0, 'end of the cancelled cells', 60_000);

    expect(done()).toHaveLength(12);
    const found = results();
    expect(new Set(found.map(({ config }) => `${config.method} ${config.randomSeed}`)).size).toBe(12);
    for (const { environment } of found) {
      expect(nodes).toContain(environment.host);
      expect(environment.cpu).toBeTruthy();
    }
    // Those of the node that died, and those that were cancelled.
    const byHand = join(folder, 'by hand');
    await sweep('plan', byHand, '--method', 'supernet,pit', '--memory', '40kB', '--seeds', '1-2', ...middling);
    expect((await sweep('run', byHand)).status).toBe(0);
    for (const name of readdirSync(join(byHand, 'results'))) {
      const [here, there] = [byHand, path].map((one) => readRunFile(readFileSync(join(one, 'results', name), 'utf8')));
      expect(there?.result?.quality).toEqual(here?.result?.quality);
      expect(there?.series.validationLoss).toEqual(here?.series.validationLoss);
    }
  },
);

it.skipIf(missing !== null)(
  'writes checkpoints on cancel and at its time limit, after which it goes on by itself',
  { timeout: 300_000 },
  async () => {
    await sweep('plan', path, '--method', 'pit', '--seeds', '1-2', ...longSearch, '--train', '256');
    await run('--cells-per-task', '1');
    await until(() => existsSync(join(path, 'checkpoints')), 'cells under way');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(namesIn('checkpoints')).toEqual([]);
    expect((await sweep('cancel', path)).stdout).toContain('Ended.');
    expect(namesIn('checkpoints').length).toBeGreaterThan(0);

    // Slurm may send the signal a minute earlier than asked for, so half a minute from the start or later.
    await run('--cells-per-task', '1', '--', '--time=3', '--signal=B:USR2@90');
    const log = () =>
      namesIn('slurm')
        .flatMap((one) =>
          namesIn(`slurm/${one}`)
            .filter((name) => name.endsWith('.log'))
            .map((name) => readFileSync(join(path, 'slurm', one, name), 'utf8')),
        )
        .join('');
    await until(() => log().includes('the task is queued again'), 'checkpoint at the time limit', 120_000);
    expect((await sweep('cancel', path)).stdout).toContain('Ended.');
    expect(tasks()).toEqual([]);
  },
);

it.skipIf(missing !== null)('runs an evaluation, each time what follows from the results so far', { timeout: 300_000 }, async () => {
  const json = join(folder, 'baselines.json');
  const options = ['--budget', 'tiny', '--methods', 'pit', '--random', '2', '--json', json, '--engine', 'slurm', '--cells-per-task', '1'];
  const jobs = () => Object.keys(Object.values((JSON.parse(readFileSync(json, 'utf8')) as Baselines).parts)[0]?.jobs ?? {});
  const evaluate = async () => {
    const { status, stdout, stderr } = await runProgram('src/cli/evaluate.ts', ['--baselines', ...options], cluster.environment);
    expect(status, stderr).toBe(0);
    await until(() => noneLeft(), 'end of the tasks', 120_000);
    return stdout;
  };
  expect(await evaluate()).toContain('Queued 3 cells as 3 tasks');
  expect(jobs()).toEqual([]);
  // The networks that the search's one is compared with, and then the largest at equal work.
  expect(await evaluate()).toMatch(/Queued \d cells?/);
  expect(jobs()).toContain('search: pit, 40 kB, 6 ms, seed 1');
  expect(await evaluate()).toContain('Queued 1 cell');
  expect(await evaluate()).toBe('');
  expect(jobs().filter((key) => key.startsWith('largest'))).toHaveLength(1);
  expect(readFileSync(join(folder, 'baselines.md'), 'utf8')).toContain('It is complete: 1 of 1 searches');
});
