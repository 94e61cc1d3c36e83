/** A short search of every task, through the session that the worker uses; tasks.long.test.ts has those of large networks. */
import { beforeAll, expect, it } from 'vitest';
import { tasks } from '../../src/core/tasks/index';
import { useBackend } from '../support/backends';
import { expectTaskSearched, large } from '../support/taskSearch';

beforeAll(() => useBackend('wasm'));

const quick = tasks.filter(({ id }) => !large.includes(id));
it.each(quick.map((task) => [task.id, task] as const))('%s is searched with the fused step, and meets its targets', async (_id, task) => {
  expect.hasAssertions();
  await expectTaskSearched(task);
});
