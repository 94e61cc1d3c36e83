import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PlannedCell } from '../../core/runs/sweep/plan';
import { cellStates } from './cellStates';
import { SweepFolder, type ResultFile } from './folder';
import type { SweepTask } from './slurm/submission';

let folder: SweepFolder;
beforeEach(() => {
  folder = new SweepFolder(mkdtempSync(join(tmpdir(), 'states ')));
  for (const [room, name] of [
    ['results', 'done.json'],
    ['failed', 'broken.log'],
  ] as const) {
    mkdirSync(join(folder.path, room));
    writeFileSync(join(folder.path, room, name), '');
  }
  vi.spyOn(folder, 'result').mockReturnValue({ cell: { status: 'met' } } as ResultFile);
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const cells = ['done', 'broken', 'now', 'next', 'later', 'left'].map((key) => ({ key, config: {} }) as PlannedCell);
const texts = (workers: Parameters<typeof cellStates>[2]) => cellStates(folder, cells, workers).map(({ text }) => text);
const task = (change: Partial<SweepTask>): SweepTask => ({
  jobName: 'a',
  job: '7',
  index: 0,
  state: 'RUNNING',
  node: 'n2',
  reason: 'None',
  keys: [],
  running: [],
  ...change,
});

it('tells of each cell which task of Slurm has it, where, how far, and why it waits', () => {
  const tasks = [
    task({ keys: ['done', 'now', 'next'], running: [{ key: 'now', share: 0.409 }] }),
    task({ keys: ['later'], index: 1, state: 'PENDING', node: '', reason: 'Resources' }),
  ];
  expect(texts({ runner: null, tasks })).toEqual([
    'met',
    `failed, see ${folder.log('broken')}`,
    'under way on n2, 40 %',
    'waits for n2, task 7_0',
    'pending (Resources), task 7_1',
    'not begun',
  ]);
});

it('tells what a run on one machine works on', () => {
  const runner = { host: 'here', pid: 1, heard: 0, parallel: 1, leftMs: null, running: [{ key: 'now', share: 0.5 }] };
  expect(texts({ runner, tasks: [] }).slice(2)).toEqual(['under way on here, 50 %', ...Array<string>(3).fill('waits for here')]);
});
