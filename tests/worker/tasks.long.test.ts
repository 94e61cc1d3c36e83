import { beforeAll, expect, it } from 'vitest';
import { taskFor } from '../../src/core/tasks/index';
import { useBackend } from '../support/backends';
import { expectTaskSearched, large } from '../support/taskSearch';

beforeAll(() => useBackend('wasm'));

// The full Tiny ImageNet takes seconds a step; its demo has the same code.
it.each(large.filter((id) => id !== 'tin'))('%s is searched with the fused step, and meets its targets', async (id) => {
  expect.hasAssertions();
  await expectTaskSearched(taskFor(id));
});
