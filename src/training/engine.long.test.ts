import { it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { expectSameSearch, searchWith } from '../../tests/support/engines';
import { describeOnWebgpu } from '../../tests/support/webgpu';
import { nodeKernels } from '../backends/nodeKernels';
import { engine } from './engine';

describeOnWebgpu('a whole search on the fused engine', () => {
  it('goes the reference’s way on WebGPU', { timeout: 600_000 }, async () => {
    await useBackend('webgpu');
    // This searches channels only, because those kernels compile in a fraction of the time.
    await expectSameSearch(await searchWith(engine(nodeKernels), 'pit'), /^fused on the graphics device$/, 'pit');
  });
});
