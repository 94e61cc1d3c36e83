import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { Readout } from './readout';

/** Pushes steps of a given duration; returns how many were read together each time, and every value in order. */
async function run(steps: number, stepMs: number, intervalMs: number) {
  let clock = 0;
  const readout = new Readout(() => clock, intervalMs);
  const rows: number[] = [];
  const values: number[] = [];
  for (let step = 0; step < steps; step++) {
    readout.push(tensor1d([step, -step]));
    clock += stepMs;
    if (!readout.due() && step < steps - 1) continue;
    const found = await readout.flush();
    rows.push(found?.rows ?? 0);
    values.push(...(found?.values ?? []));
  }
  readout.dispose();
  return { rows, values };
}

describe('the readout', () => {
  beforeAll(() => useBackend('cpu'));

  it('reads every step where a reading costs nothing, or steps take long', async () => {
    expect((await run(5, 3, 0)).rows).toEqual([1, 1, 1, 1, 1]);
    expect((await run(5, 300, 100)).rows).toEqual([1, 1, 1, 1, 1]);
  });

  it('reads as many steps together as take about the interval, but a bounded number of them', async () => {
    expect((await run(45, 5, 100)).rows).toEqual([1, 2, 4, 8, 16, 14]);
    expect(Math.max(...(await run(1000, 0.1, 100)).rows)).toBe(64);
  });

  it('brings every value in order, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const { values } = await run(45, 5, 100);
    expect(values).toEqual(Array.from({ length: 45 }, (_, step) => [step, step === 0 ? -0 : -step]).flat());
    expect(memory().numTensors).toBe(before);
  });
});
