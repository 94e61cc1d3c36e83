import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGoldenFile } from '../../src/parity/goldenFile';
import { limitsOf } from '../../src/parity/limits';
import { deviations, replay } from '../../src/parity/replay';
import type { BackendName } from '../../src/backends/backend';
import type { StepFactory } from '../../src/core/search/training/trainingStep';
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
  it.each(names)('trains as PLiNIO does: %s', async (name) => {
    const file = load(name);
    const limits = limitsOf(backend);
    for (const { quantity, first, all } of deviations(file, await replay(file, createReferenceStep))) {
      expect(first, `${quantity}, first step`).toBeLessThanOrEqual(limits.first);
      expect(all, `${quantity}, all steps`).toBeLessThanOrEqual(limits.all);
    }
  });

  it('gives the same numbers every time', async () => {
    const file = load('supernet-adam.json');
    expect(await replay(file, createReferenceStep)).toEqual(await replay(file, createReferenceStep));
  });

  it('is told apart from one that is slightly wrong', async () => {
    const file = load('supernet-sgd.json');
    const skewed = { ...file, lr: file.lr * 1.05, archLr: file.archLr * 1.01 };
    const outside = deviations(file, await replay(skewed, createReferenceStep)).filter(({ all }) => all > limitsOf(backend).all);
    expect(outside.map(({ quantity }) => quantity)).toEqual(expect.arrayContaining(['taskLoss', 'arch', 'archGrad']));
  });
});

async function expectWithin(file: ReturnType<typeof load>, backend: BackendName, step: StepFactory): Promise<void> {
  const limits = limitsOf(backend);
  for (const { quantity, first, all } of deviations(file, await replay(file, step))) {
    expect(first, `${quantity}, first step`).toBeLessThanOrEqual(limits.first);
    expect(all, `${quantity}, all steps`).toBeLessThanOrEqual(limits.all);
  }
}

describe('the fused step on WebAssembly', () => {
  it.each(names)('trains as PLiNIO does, on one thread and on two: %s', async (name) => {
    await useBackend('wasm');
    for (const threads of [1, 2]) await expectWithin(load(name), 'wasm', (options) => createWasmStep(options, { ...nodeKernels, threads }));
  });
});

describeOnWebgpu('the fused step on WebGPU', () => {
  it.each(names)('trains as PLiNIO does: %s', async (name) => {
    await useBackend('webgpu');
    await expectWithin(load(name), 'webgpu', createWebgpuStep);
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
