import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunFile } from '../../src/core/runs/runFile';
import { endCommands, longSearch, start, startProgram } from '../support/command';

const search = 'src/cli/search.ts';
const TRAINING = /"kind":"step"/;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'signals '))));
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

const runFile = () => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunFile;
const args = () => [...longSearch, '--ndjson', '--out', join(folder, 'run.json')];

describe('a search that gets a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: writes what there is and exits with 128 and its number', async (signal) => {
    const command = startProgram(search, args());
    await command.line(TRAINING);
    command.process.kill(signal);
    expect(await command.ended).toEqual({ status: 128 + constants.signals[signal], signal: null });
    expect(runFile()).toMatchObject({ stopped: true, result: null });
    expect(runFile().series.trainLoss?.value.length).toBeGreaterThan(0);
    expect(command.printed.stderr).toMatch(new RegExp(`^Stopped by ${signal} before there was a result. The run so far is in `, 'm'));
  });

  it('ends at once where nothing is trained yet', async () => {
    const command = startProgram(search, args());
    await command.line(/pictures; backend wasm/).catch(() => {});
    command.process.kill('SIGTERM');
    expect((await command.ended).status).toBe(143);
  });
});

// Streams are closed only once every process of the tree has ended.
describe.skipIf(process.platform === 'win32')('a search that npm runs', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('ends with npm by %s, and writes what there is', async (signal) => {
    const command = start('npm', ['run', '-s', 'search', '--', ...args()]);
    await command.line(TRAINING);
    command.process.kill(signal);
    await command.ended;
    expect(runFile()).toMatchObject({ stopped: true, result: null });
  });

  it('ends with `timeout`', async () => {
    const command = start('timeout', ['--signal=TERM', '600', 'npm', 'run', '-s', 'search', '--', ...args()]);
    await command.line(TRAINING);
    // What its own clock would send it.
    command.process.kill('SIGALRM');
    expect((await command.ended).status).toBe(124);
    expect(runFile()).toMatchObject({ stopped: true });
  });
});

describe("a process of the evaluation's", () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('ends with the one that started it by %s', async (signal) => {
    const command = startProgram('tests/support/evaluationProgram.ts', []);
    await command.line(/^training/);
    command.process.kill(signal);
    expect(await command.ended).toEqual(signal === 'SIGKILL' ? { status: null, signal } : { status: 143, signal: null });
  });
});
