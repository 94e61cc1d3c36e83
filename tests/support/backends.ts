/** The backends for numeric tests: those that Node has. */
import { afterAll, beforeAll, describe } from 'vitest';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { startBackend, type BackendName } from '../../src/backends/backend';
import { nodeBackends } from '../../src/backends/node';

/** Runs the same tests on each backend. */
export function describeOnBackends(title: string, names: readonly BackendName[], tests: (backend: BackendName) => void): void {
  describe.each(names)(`${title} on %s`, (name) => {
    beforeAll(() => useBackend(name));
    tests(name);
  });
}

/** Makes a backend the active one, with the kernels that training needs. */
export async function useBackend(name: BackendName): Promise<void> {
  await startBackend(name, nodeBackends);
  await setBackend(name);
}

/** Fails the surrounding tests when they leave tensors behind. */
export function expectNoLeaks(): void {
  let before = 0;
  beforeAll(() => {
    before = memory().numTensors;
  });
  afterAll(() => {
    const left = memory().numTensors - before;
    if (left !== 0) throw new Error(`${left} tensors were left behind`);
  });
}
