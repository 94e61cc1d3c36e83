import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGoldenFile } from '../../src/parity/goldenFile';
import { limitsOf } from '../../src/parity/limits';
import { deviations, replay } from '../../src/parity/replay';
import type { BackendName } from '../../src/backends/backend';
import { createReferenceStep } from '../../src/training/referenceStep';
import { nodeKernels } from '../../src/backends/nodeKernels';
import { createWasmStep } from '../../src/training/fused/wasm/step';
import { createWebgpuStep } from '../../src/training/fused/webgpu/step';
import { describeOnBackends, useBackend } from '../support/backends';
import { describeOnWebgpu } from '../support/webgpu';

const folder = join(import.meta.dirname, '..', 'golden');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const load = (name: string) => parseGoldenFile(JSON.parse(readFileSync(join(folder, name), 'utf8')));

describeOnBackends('our training step', ['cpu', 'wasm'], (backend) => {
  const replayed = new Map<string, Awaited<ReturnType<typeof replay>>>();

  it.each(names)('trains as PLiNIO does: %s', async (name) => {
    const file = load(name);
    const records = await replay(file, createReferenceStep);
    replayed.set(name, records);
    expectWithin(file, backend, records);
  });

  it('gives the same numbers every time', async () => {
    const name = 'pit-adam.json';
    const once = replayed.get(name) ?? (await replay(load(name), createReferenceStep));
    expect(await replay(load(name), createReferenceStep)).toEqual(once);
  });

  it('is told apart from one that is slightly wrong', async () => {
    const file = load('supernet-sgd.json');
    const skewed = { ...file, lr: file.lr * 1.05, archLr: file.archLr * 1.01 };
    const outside = deviations(file, await replay(skewed, createReferenceStep)).filter(({ all }) => all > limitsOf(backend).all);
    expect(outside.map(({ quantity }) => quantity)).toEqual(expect.arrayContaining(['taskLoss', 'arch', 'archGrad']));
  });
});

function expectWithin(file: ReturnType<typeof load>, backend: BackendName, records: Awaited<ReturnType<typeof replay>>): void {
  const limits = limitsOf(backend);
  for (const { quantity, first, all } of deviations(file, records)) {
    expect(first, `${quantity}, first step`).toBeLessThanOrEqual(limits.first);
    expect(all, `${quantity}, all steps`).toBeLessThanOrEqual(limits.all);
  }
}

describe('the fused step on WebAssembly', () => {
  it.each(names)('trains as PLiNIO does, on one thread and on two: %s', async (name) => {
    await useBackend('wasm');
    const file = load(name);
    for (const threads of [1, 2])
      expectWithin(file, 'wasm', await replay(file, (options) => createWasmStep(options, { ...nodeKernels, threads })));
  });
});

describeOnWebgpu('the fused step on WebGPU', () => {
  it.each(names)('trains as PLiNIO does: %s', async (name) => {
    await useBackend('webgpu');
    const file = load(name);
    expectWithin(file, 'webgpu', await replay(file, createWebgpuStep));
  });
});

describe('a trajectory file', () => {
  it('is refused with a reason when it cannot be replayed', async () => {
    expect(() => parseGoldenFile({ method: 'supernet' })).toThrow(/not a reference trajectory: .*/);
    const json = JSON.parse(readFileSync(join(folder, 'supernet-sgd.json'), 'utf8')) as object;
    expect(() => parseGoldenFile({ ...json, metrics: ['energy'] })).toThrow(/metric "energy" is not one of/);
    await expect(replay({ ...load('supernet-sgd.json'), method: 'other' }, createReferenceStep)).rejects.toThrow(/method "other"/);
  });
});
