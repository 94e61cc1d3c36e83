/** A search that is stopped by a signal and gone on with by the same command; checkpoint.long.test.ts has the other signals. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunFile } from '../../src/core/runs/runFile';
import { endCommands, runProgram, startProgram } from '../support/command';
import { SEARCH, TRAINING } from '../support/longSearch';
import { lasting } from '../support/sittings';

const small = ['--train', '64', '--test', '20', '--epochs', '1,6,2', '--batch', '16', '--backend', 'wasm', '--ndjson'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint '));
  for (const name of ['whole', 'stopped']) mkdirSync(join(folder, name));
});
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

const out = (name: string) => ['--out', join(folder, name, 'run.json')];
const runFile = (name: string) => JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as RunFile;
const weights = (name: string) => readFileSync(join(folder, name, 'run.weights'));

// Windows has no such signals.
it.skipIf(process.platform === 'win32')(
  'a stopped search goes on to the same numbers, and tells them again once it has ended',
  { timeout: 600_000 },
  async () => {
    await runProgram(SEARCH, [...small, ...out('whole')]);
    const path = join(folder, 'checkpoint');
    const args = [...small, ...out('stopped'), '--checkpoint', path];

    const first = startProgram(SEARCH, args);
    await first.line(TRAINING);
    first.process.kill('SIGUSR1');
    await first.line(/^checkpoint: written to /);
    const asked = readFileSync(path);
    await first.line(/"kind":"epoch","phase":"trials"/);
    first.process.kill('SIGTERM');
    expect(await first.ended).toEqual({ status: 143, signal: null });
    expect(first.printed.stderr).toMatch(/^Stopped by SIGTERM before .* The same command goes on from .*checkpoint\.$/m);
    expect(runFile('stopped').stopped).toBe(true);
    expect(readFileSync(path).equals(asked)).toBe(false);

    const second = await runProgram(SEARCH, args);
    expect(second.status).toBe(0);
    expect(second.stderr).toMatch(/^checkpoint: going on from /m);
    expect(lasting(runFile('stopped'))).toEqual(lasting(runFile('whole')));
    expect(weights('stopped').equals(weights('whole'))).toBe(true);

    const ended = readFileSync(path);
    rmSync(join(folder, 'stopped', 'run.json'));
    const third = await runProgram(SEARCH, args);
    expect(third.status).toBe(0);
    expect(third.stderr).toMatch(/^checkpoint: the search of .* has ended\. This is its result again\.$/m);
    expect(third.stdout).not.toMatch(/"kind":"step"/);
    expect(lasting(runFile('stopped'))).toEqual(lasting(runFile('whole')));
    expect(weights('stopped').equals(weights('whole'))).toBe(true);

    expect(await runProgram(SEARCH, [...args, '--batch', '8'])).toEqual({
      status: 2,
      stdout: '',
      stderr: `--checkpoint: ${path} is the checkpoint of another search: batchSize is 16 there and 8 here. Give that search's options, or name another file.\n`,
    });
    expect(readFileSync(path).equals(ended)).toBe(true);
  },
);
