/** The slower ways to end a search or a process of the evaluation. */
import { describe, expect, it } from 'vitest';
import { start, startProgram } from '../support/command';
import { TRAINING, useLongSearch } from '../support/longSearch';

const { args, runFile, expectEndBy, expectEndWithNpm } = useLongSearch();

describe('a search that gets a signal', () => {
  it.each(['SIGINT', 'SIGHUP'] as const)('%s: writes what there is and exits with 128 and its number', expectEndBy);
});

// Windows ends processes without signals that npm could pass on.
describe.skipIf(process.platform === 'win32')('a search that npm runs', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with npm by %s, and writes what there is', expectEndWithNpm);

  it('ends with `timeout`', async () => {
    const command = start('timeout', ['--signal=TERM', '600', 'npm', 'run', '-s', 'search', '--', ...args()]);
    await command.line(TRAINING);
    // `timeout` sends itself this signal when its time is up.
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
