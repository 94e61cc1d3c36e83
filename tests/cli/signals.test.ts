/** Ends a search by a signal, and one by killing its npm; signals.long.test.ts has the other ways. */
import { expect, it } from 'vitest';
import { startProgram } from '../support/command';
import { SEARCH, useLongSearch } from '../support/longSearch';

const { args, expectEndBy, expectEndWithNpm } = useLongSearch();

it('a search that gets SIGTERM writes what there is and exits with 143', () => expectEndBy('SIGTERM'));

it('a search ends at once where nothing is trained yet', async () => {
  const command = startProgram(SEARCH, args());
  await command.line(/pictures; backend wasm/);
  command.process.kill('SIGTERM');
  expect((await command.ended).status).toBe(143);
});

// Windows ends processes without signals that npm could pass on.
it.skipIf(process.platform === 'win32')('a search ends with an npm that is killed, and writes what there is', () =>
  expectEndWithNpm('SIGKILL'),
);
