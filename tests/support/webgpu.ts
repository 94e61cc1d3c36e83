/** Whether this machine has WebGPU under Node: an optional package and a driver, which may be a software one. */
import { describe } from 'vitest';
import { requestNodeAdapter } from '../../src/backends/nodeWebgpu';

const missing = await requestNodeAdapter().then(
  () => null,
  (error: unknown) => (error as Error).message,
);

/** `describe` if there is WebGPU; otherwise the tests are shown as skipped, with the reason. */
export function describeOnWebgpu(title: string, tests: () => void): void {
  describe.skipIf(missing !== null)(missing === null ? title : `${title} (${missing})`, tests);
}
