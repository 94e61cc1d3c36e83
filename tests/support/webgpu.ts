/** Whether this machine has WebGPU under Node: an optional package and a driver, of which a software one will do. */
import { describe } from 'vitest';
import { requestNodeAdapter } from '../../src/backends/nodeWebgpu';

const missing = await requestNodeAdapter().then(
  () => null,
  (error: unknown) => (error as Error).message,
);

/** `describe`, where there is WebGPU; elsewhere the tests are shown as skipped, with the reason. */
export function describeOnWebgpu(title: string, tests: () => void): void {
  describe.skipIf(missing !== null)(missing === null ? title : `${title} (${missing})`, tests);
}
