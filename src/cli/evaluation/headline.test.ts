import { expect, it } from 'vitest';
import type { RunFile } from '../../core/runs/runFile';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../tests/support/command';
import { headlineOf, headlinePage, type Headline } from './headline';

/** A run that takes these shares of the seed network's costs. */
function run(method: string, memory: number, latency: number, final: number, seedNetwork?: number, dataFingerprint = 'same'): RunFile {
  const seed = { flashBytes: 80_000, latencyMs: 8 };
  return {
    config: {
      method,
      device: 'gap8',
      randomSeed: 1,
      epochs: { warmup: 60, search: 60, finetune: 60 },
      targets: { flashBytes: seed.flashBytes * memory, latencyMs: seed.latencyMs * latency },
      data: { name: 'pictures', classNames: ['cat', 'dog'], trainCount: 4000, testCount: 1000 },
    },
    dataFingerprint,
    result: {
      costs: { seedNetwork: seed, final: { flashBytes: memory * seed.flashBytes, latencyMs: latency * seed.latencyMs } },
      quality: { id: 'accuracy', derived: 0.1, final, ...(seedNetwork !== undefined && { seedNetwork }) },
      timing: { stepMs: {}, totalMs: 60_000 },
    },
  } as unknown as RunFile;
}

const pageOf = (...files: RunFile[]) => headlinePage(headlineOf(files, null));

it('names the largest reductions that lose a point at most, and never a network that loses more', () => {
  const page = pageOf(run('pit', 0.25, 0.25, 0.6), run('pit', 0.5, 0.48, 0.641, 0.65), run('supernet', 0.75, 0.74, 0.66));
  expect(page).toMatch(/largest reductions[^|]*: −50\.0 %\s+of memory and −52\.0 %\s+of latency,\s+by pit\./);
  expect(page).toContain('| pit      | 20 kB, 2 ms    | 20 kB  | −75.0 %     | 2 ms    | −75.0 %     | 60.0 %   | −5.0 points     |');
  expect(pageOf(run('pit', 0.25, 0.25, 0.5, 0.6))).toContain('No network here is within one point');
});

it('keeps searches of earlier folders, and replaces one that was done again', () => {
  const kept = headlineOf([run('pit', 0.25, 0.25, 0.5, 0.6)], null);
  const { seedNetwork, searches } = headlineOf([run('pit', 0.25, 0.25, 0.55), run('supernet', 0.25, 0.25, 0.4)], kept);
  expect(seedNetwork).toEqual({ memory: 80_000, latency: 8, accuracy: 0.6 });
  expect(searches.map(({ method, accuracy }) => [method, accuracy])).toEqual([
    ['pit', 0.55],
    ['supernet', 0.4],
  ]);
});

it('says which targets of another strategy are out of reach, once', () => {
  const page = pageOf(run('pit', 0.25, 0.25, 0.6, 0.6), run('supernet', 0.25, 0.25, 0.6), run('supernet', 0.75, 0.75, 0.6));
  expect(page.match(/^No network that .*/gm)).toEqual(['No network that supernet searches has 20 kB, 2 ms: latency is 2.75 ms at least.']);
  expect(pageOf(run('pit', 0.25, 0.25, 0.6, 0.6))).not.toContain('No network that');
});

it('refuses runs without a seed network, and of other examples', () => {
  expect(() => pageOf(run('pit', 0.5, 0.5, 0.6))).toThrow('search once with --seed-network');
  const other = run('pit', 0.5, 0.5, 0.6, 0.6, 'another');
  expect(() => pageOf(run('pit', 0.5, 0.5, 0.6, 0.6), other)).toThrow('do not compare');
  expect(() => headlineOf([other], headlineOf([run('pit', 0.5, 0.5, 0.6, 0.6)], null))).toThrow('do not compare');
});

it.each(['headline', 'headline-cifar10'])('has the page of docs/%s.json', (name) => {
  const docs = (ending: string) => readFileSync(join(root, 'docs', `${name}.${ending}`), 'utf8');
  expect(headlinePage(JSON.parse(docs('json')) as Headline)).toBe(docs('md'));
});
