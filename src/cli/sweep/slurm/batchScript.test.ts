import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { batchScript } from './batchScript';

const script = {
  jobName: 'nas-sweep.ab12.0',
  tasks: 1000,
  offset: 0,
  parallel: null,
  processors: 1,
  submission: '/home/me/cells/slurm/ab12',
  command: ['/usr/bin/node', '--import', 'file:///n/tsx.mjs', '/n/task.ts'],
};

it('is a script of options that replaces its shell by the task', () => {
  expect(batchScript(script)).toBe(`#!/bin/sh
#SBATCH --job-name=nas-sweep.ab12.0
#SBATCH --array=0-999
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR2@120
#SBATCH --output="/home/me/cells/slurm/ab12/0-%a.log"
exec /usr/bin/node --import file:///n/tsx.mjs /n/task.ts /home/me/cells/slurm/ab12 0
`);
});

it('throttles an array, counts on from those before, and keeps odd paths whole', () => {
  const submission = "/tmp/50% of 'my' cells";
  const text = batchScript({ ...script, submission, offset: 1000, tasks: 3, parallel: 2, processors: 4, command: ['printf', '%s\\n'] });
  expect(text).toContain('--array=0-2%2\n#SBATCH --cpus-per-task=4\n');
  expect(text).toContain(`--output="/tmp/50%% of 'my' cells/1000-%a.log"`);
  expect(execFileSync('sh', ['-c', text], { encoding: 'utf8' })).toBe(`${submission}\n1000\n`);
});

it('refuses a path that sbatch would misread', () => {
  expect(() => batchScript({ ...script, submission: '/tmp/a"b' })).toThrow('Rename the folder');
});
