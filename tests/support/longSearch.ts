/** A search that would take minutes, which a test ends early, with a folder of its own for the run file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { RunFile } from '../../src/core/runs/runFile';
import { endCommands, longSearch, start, startProgram } from './command';

export const SEARCH = 'src/cli/search.ts';
/** A line that such a search prints once it trains. */
export const TRAINING = /"kind":"step"/;

/** For one test file: the search's options, and the run file that it has written. */
export function useLongSearch() {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'signals '))));
  afterEach(() => {
    endCommands();
    rmSync(folder, { recursive: true });
  });
  const args = () => [...longSearch, '--ndjson', '--out', join(folder, 'run.json')];
  const runFile = () => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunFile;
  return {
    args,
    runFile,
    /** The search must write its results so far and exit with 128 plus the signal's number. */
    expectEndBy: async (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
      const command = startProgram(SEARCH, args());
      await command.line(TRAINING);
      command.process.kill(signal);
      expect(await command.ended).toEqual({ status: 128 + constants.signals[signal], signal: null });
      expect(runFile()).toMatchObject({ stopped: true, result: null });
      expect(runFile().series.trainLoss?.value.length).toBeGreaterThan(0);
      expect(command.printed.stderr).toMatch(new RegExp(`^Stopped by ${signal} before there was a result. The run so far is in `, 'm'));
    },
    /**
     * The search must end with npm, which got the signal, and write its results so far. Closed streams show that every process has
     * ended.
     */
    expectEndWithNpm: async (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL') => {
      const command = start('npm', ['run', '-s', 'search', '--', ...args()]);
      await command.line(TRAINING);
      command.process.kill(signal);
      await command.ended;
      expect(runFile()).toMatchObject({ stopped: true, result: null });
    },
  };
}
