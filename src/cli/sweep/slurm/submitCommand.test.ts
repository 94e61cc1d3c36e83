import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PlannedCell } from '../../../core/runs/sweep/plan';
import { SweepFolder } from '../folder';
import { submitSweep, type SlurmOptions } from './submitCommand';
import { tasksOf } from './submission';

/** Stand-ins for Slurm's commands: a queue that is a file, with arrays of 3 tasks at most. */
const commands = {
  scontrol: 'echo "MaxArraySize            = 3"',
  squeue: 'cat "$QUEUE"',
  sbatch: `for script; do :; done
echo "$@" >> "$QUEUE.orders"
grep -q refused "$QUEUE.orders" && { echo "sbatch: error: no such partition" >&2; exit 1; }
name=$(sed -n 's/^#SBATCH --job-name=//p' "$script")
for index in $(seq $(sed -n 's/^#SBATCH --array=\\(.*\\)-\\([0-9]*\\).*/\\1 \\2/p' "$script")); do echo "$name|$$|$index|PENDING|" >> "$QUEUE"; done
echo $$`,
};

let folder: SweepFolder;
let queue: string;
const told: string[] = [];
beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), 'slurm '));
  queue = join(path, 'queue');
  writeFileSync(queue, '');
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(path, name), 0o755);
  }
  vi.stubEnv('PATH', `${path}${delimiter}${process.env.PATH}`);
  vi.stubEnv('QUEUE', queue);
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  folder = new SweepFolder(join(path, 'cells'));
  mkdirSync(join(folder.path, 'results'), { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  told.length = 0;
  rmSync(join(folder.path, '..'), { recursive: true });
});

const cells = Array.from({ length: 9 }, (_, index) => ({ key: `cell${index}`, config: {} }) as PlannedCell);
const plan = { options: [], dataFingerprint: '', ownData: null, cells };
const run = (options: Partial<SlurmOptions> = {}) =>
  submitSweep({ folder, plan }, { cellsPerTask: 2, threads: null, parallel: null, own: [], ...options });
const finish = (...keys: string[]) => {
  for (const key of keys) writeFileSync(join(folder.path, 'results', `${key}.json`), '');
};
const queued = async () => (await tasksOf(folder.path)).flatMap(({ keys }) => keys);

// The stand-ins are scripts of a shell.
it.skipIf(process.platform === 'win32')('queues what has no result and is not queued', async () => {
  finish('cell0');
  await run({ parallel: 2, own: ['--partition=gpu'] });
  expect(told[0]).toMatch(/^Queued 8 cells as 4 tasks of up to 2 \(Slurm: \d+, \d+\)/);
  expect(await queued()).toEqual(cells.slice(1).map(({ key }) => key));
  expect(readFileSync(`${queue}.orders`, 'utf8')).toMatch(
    /^--parsable --partition=gpu .*0\.sh\n--parsable --dependency=afterany:\d+ --partition=gpu .*3\.sh\n$/,
  );
  await run();
  expect(told[1]).toContain('8 cells are queued already');

  // Two tasks have left the queue, one of them without its results.
  writeFileSync(queue, readFileSync(queue, 'utf8').split('\n').slice(2).join('\n'));
  finish('cell1', 'cell2');
  await run();
  expect(told[2]).toMatch(/^Queued 2 cells as 1 task .*; 4 were queued before/);
  expect((await queued()).toSorted()).toEqual(['cell3', 'cell4', 'cell5', 'cell6', 'cell7', 'cell8']);
});

// The stand-ins are scripts of a shell.
it.skipIf(process.platform === 'win32')("passes Slurm's refusal on", async () => {
  await expect(run({ own: ['--partition=refused'] })).rejects.toThrow('no such partition');
  expect(await queued()).toEqual([]);
});
