/** A short form of the evaluation of tasks, as a person runs it, and the page that ships. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../../../tests/support/command';
import { Interruption } from '../../interruption';
import { evaluateTasks } from './command';
import { tasksPage } from './page';
import type { TaskPart, TaskResults } from './parts';

const folder = mkdtempSync(join(tmpdir(), 'tasks-'));
const json = join(folder, 't.json');
const options = (...args: string[]) => ['--tasks', '--threads', '1', '--json', json, ...args];
const run = (args: string[]) => evaluateTasks(args, new Interruption(() => {}));
const part = () => Object.values((JSON.parse(readFileSync(json, 'utf8')) as TaskResults).parts)[0] as TaskPart;

afterAll(() => rmSync(folder, { recursive: true }));

describe('the evaluation of tasks', () => {
  const tiny = ['--only', 'ic', '--train', '72', '--test', '20'];

  it('stops early, goes on where it stopped, and writes the page', async () => {
    expect(await run(options(...tiny, '--most', '1', '--untimed'))).toBe(0);
    const [first, left] = [part(), part().searches];
    expect([Object.keys(first.seedNetworks), left]).toEqual([['1'], {}]);
    expect(await run(options(...tiny, '--most', '1', '--untimed'))).toBe(0);
    expect(part()).toMatchObject({ seedNetworks: first.seedNetworks, searches: { 'pit 1': { status: 'met', timedOn: null } } });
    const page = readFileSync(join(folder, 't.md'), 'utf8');
    expect(page).toMatch(/^\| ic +\| built-in \| pit +\| .* \| 1 of 1 +\|$/m);
    expect(page).toMatch(/^\| ic +\| built-in \| supernet .* \| not run yet \|$/m);
  }, 300_000);

  it('refuses the same data in another number, results of another version, and data of no task', async () => {
    const refusal = (...args: string[]) => expect(run(options(...args))).rejects;
    await refusal('--only', 'ic', '--train', '73', '--test', '20').toThrow(
      'holds results with other data or settings under "ic, Built-in shapes"; name another file with --json',
    );
    await refusal('--data', 'shapes').toThrow('--data takes TASK=PATH here');
    await refusal('--only', 'tin').toThrow('--only takes ic, kws, vww, ad, tin-demo, not "tin"');
    writeFileSync(json, '{"resultsVersion": 1, "parts": {}}');
    await refusal('--most', '0').toThrow(/holds results of version 1 of seeded searches, .*name another file with --json$/);
  }, 60_000);

  it('has the page of docs/evaluation-tasks.json', () => {
    const docs = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
    expect(tasksPage(JSON.parse(docs('evaluation-tasks.json')) as TaskResults)).toBe(docs('evaluation-tasks.md'));
  });
});
