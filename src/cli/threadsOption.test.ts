import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import type { StartedBackend } from '../backends/backend';
import { nodeKernels } from '../backends/nodeKernels';
import { readSearchArguments } from './arguments';
import { nodeEnvironment } from './environment';

const threadsOf = (...args: string[]) => readSearchArguments(args)?.threads;

it('takes as many threads as the machine has use for when nothing is said', () => {
  expect(threadsOf()).toBeNull();
});

it('takes threads from one to the machine’s', () => {
  const all = availableParallelism();
  expect(threadsOf('--threads', '1')).toBe(1);
  expect(threadsOf('--threads', String(all))).toBe(all);
  for (const wrong of ['0', String(all + 1), '1.5', 'all'])
    expect(() => threadsOf('--threads', wrong)).toThrow(`--threads takes a whole number from 1 to ${all}, not "${wrong}"`);
});

it('is recorded as what trains, beside the cores', () => {
  const environment = (name: StartedBackend['name']) =>
    nodeEnvironment({ name, picked: true, passedOver: [] }, { ...nodeKernels, threads: 3 });
  expect(environment('wasm')).toMatchObject({ cores: availableParallelism(), threads: 3 });
  // The kernels' threads have no part in these.
  expect([environment('cpu'), environment('webgpu')]).toMatchObject([{ threads: 1 }, { threads: 1 }]);
});
