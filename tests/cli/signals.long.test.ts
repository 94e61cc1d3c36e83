/** The slower ways to end a search. */
import { describe, expect, it } from 'vitest';
import { start } from '../support/command';
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
