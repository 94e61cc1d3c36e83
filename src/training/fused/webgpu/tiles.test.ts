import { softmaxCrossEntropy } from '../../../kernels/losses/softmaxCrossEntropy/index';
import { expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { chain } from '../../../../tests/support/networks';
import { conv } from '../../../core/network/builders';
import { describeOnWebgpu } from '../../../../tests/support/webgpu';
import { heapBytes } from '../../../backends/backend';
import { planNetwork } from '../../../core/network/plan';
import { startingTiles, tileChoices, type Tiles } from '../../../kernels/tiles';
import { compileProgram } from '../program';
import { webgpuBackend, type WebgpuBackend } from './device';
import { lowerForWebgpu } from './lowering';
import { tilesOn, timeTiles } from './tiles';

it('keeps the tiles that a device is fastest with', async () => {
  const cost = ({ rows, combinePixels, gradientThreads }: Tiles) =>
    10 - rows + Math.abs(combinePixels - 8) / 4 + Math.abs(gradientThreads - 16384) / 1e5;
  expect(await timeTiles((tiles) => Promise.resolve(cost(tiles)))).toEqual({ ...startingTiles, rows: 2, combinePixels: 8 });
});

it('passes over what a device refuses', async () => {
  const time = ({ rows }: Tiles) => (rows === 2 ? Promise.reject(new Error('refused')) : Promise.resolve(5));
  expect(await timeTiles(time)).toEqual(startingTiles);
});

it('begins nothing more once it took long', async () => {
  let [clock, tried] = [0, 0];
  const slow = () => Promise.resolve(((clock += 900), (tried += 1), 10 - tried));
  expect(await timeTiles(slow, () => clock)).not.toEqual(startingTiles);
  expect(tried).toBe(3);
});

it('leaves tiles alone for a gain that may be noise', async () => {
  expect(await timeTiles(({ rows }) => Promise.resolve(10 - rows / 10))).toEqual(startingTiles);
});

describeOnWebgpu('an adapter that nobody measured', () => {
  it('is timed once, and keeps no memory of it', async () => {
    await useBackend('webgpu');
    const backend = Object.create(webgpuBackend(), { adapterInfo: { value: { architecture: 'unheard-of' } } }) as WebgpuBackend;
    const plan = planNetwork(chain([8, 8, 4], [conv(8, [3, 3], [1, 1], 'same')]));
    const options = { plan, program: compileProgram(plan), batchSize: 4, sets: [], architecture: null, candidates: 0 } as const;
    let recorded = 0;
    const record = (tiles: Tiles) => {
      recorded += 1;
      return lowerForWebgpu({ ...options, optimizer: 'adam', archOptimizer: 'adam', loss: softmaxCrossEntropy, storageBuffers: 8, tiles });
    };
    const before = heapBytes();
    const tiles = await tilesOn(backend, record);
    expect(Object.keys(tiles)).toEqual(Object.keys(startingTiles));
    // Timing on a slow adapter runs out of time before it has tried all choices.
    expect(recorded).toBeGreaterThanOrEqual(1);
    expect(recorded).toBeLessThanOrEqual(1 + tileChoices.flat().length);
    expect(heapBytes()).toBe(before);
    const timed = recorded;
    expect(await tilesOn(backend, record)).toBe(tiles);
    expect(recorded).toBe(timed);
  });
});
