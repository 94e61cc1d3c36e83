/** The other signals that end a search with a checkpoint, and an end without any warning; resumed.long.test.ts has SIGTERM. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RESULTS_VERSION } from '../../src/core/runs/resultsVersion';
import { readCheckpoint } from '../../src/core/runs/checkpoint/checkpointFile';
import { endCommands, longSearch, startProgram } from '../support/command';
import { SEARCH, TRAINING } from '../support/longSearch';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'checkpoint '))));
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

// Windows has no such signals.
it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
  'a search that ends by %s goes on after its last step in the checkpoint',
  async (signal) => {
    const path = join(folder, 'checkpoint');
    const args = [...longSearch, '--backend', 'wasm', '--ndjson', '--checkpoint', path];
    const first = startProgram(SEARCH, args);
    await first.line(TRAINING);
    // Nothing can be written after SIGKILL, so it follows a checkpoint that was asked for.
    if (signal === 'SIGKILL') {
      first.process.kill('SIGUSR1');
      await first.line(/^checkpoint: written to /);
    }
    first.process.kill(signal);
    const ending = signal === 'SIGKILL' ? { status: null, signal } : { status: 128 + constants.signals[signal], signal: null };
    expect(await first.ended).toEqual(ending);
    const { search, finished } = readCheckpoint(readFileSync(path), RESULTS_VERSION, path);
    expect(finished).toBe(false);
    const over = search.operations.reduce((sum, operation) => sum + (operation.kind === 'training' ? operation.summary.steps : 0), 0);
    const next = over + (search.underWay?.progress.steps ?? 0) + 1;

    const second = startProgram(SEARCH, args);
    const line = JSON.parse(await second.line(TRAINING)) as { readonly step: number };
    expect(line.step).toBe(next);
    second.process.kill('SIGTERM');
    expect((await second.ended).status).toBe(143);
  },
);
