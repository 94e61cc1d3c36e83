import { expect, it } from 'vitest';
import { imageClassification } from '../../../core/tasks/imageClassification';
import { RESULTS_VERSION } from '../../../core/runs/resultsVersion';
import { tasksPage } from './page';
import type { TaskPart } from './parts';
import { isMissing } from './missing';

const seedCosts = { flashBytes: 80_000, latencyMs: 8 };
const found = (final: number, timedOn: string | null = null) =>
  ({
    status: 'met',
    costs: { flashBytes: 40_000, latencyMs: 4 },
    quality: { derived: 0.1, final },
    stepMs: {},
    totalMs: 90_400,
    timedOn,
  }) as const;

function page(change: Partial<TaskPart>): string {
  const part: TaskPart = {
    task: 'ic',
    data: { name: 'Photographs', synthetic: false, classes: 10, train: 900, test: 100, split: 'A fifth was drawn.', fingerprint: '' },
    preset: imageClassification.presets.quick,
    targets: { flashBytes: 40_000, latencyMs: 6 },
    seedCosts,
    chance: 0.1,
    linear: 0.3,
    seedNetworks: { '1': { quality: 0.5, stepMs: 1, totalMs: 1000, timedOn: null } },
    searches: {},
    ...change,
  };
  return tasksPage({ resultsVersion: RESULTS_VERSION, parts: { one: part } });
}

it('shows what a search took off the seed network, and how its examples were divided', () => {
  const text = page({ searches: { 'pit 1': found(0.55) } });
  expect(text).toMatch(
    /\| ic +\| Photographs \| pit +\| 10\.0 % \| 30\.0 % \| 50\.0 % +\| 55\.0 % \| \+5\.0 points \| 50\.0 % \| 50\.0 % +\| 1 of 1 +\|/,
  );
  expect(text).toContain('Nowhere in what has been measured.');
  expect(text).toMatch(/- `ic`, Photographs: 10 classes, 900 training pictures and 100 test pictures\. A fifth was drawn\./);
  expect(text).not.toContain('search, s');
});

it('shows times only of searches that had the machine to themselves', () => {
  const text = page({ searches: { 'pit 1': found(0.55, 'a processor'), 'supernet 1': found(0.6) } });
  expect(text).toMatch(/\| pit +\|.*\| 90 +\|\n/);
  expect(text).toMatch(/\| supernet \|.*\| {11}\|\n/);
  expect(text.replaceAll('\n', ' ')).toContain(
    'Times are of whole searches, on a processor. Searches without a time ran beside other work',
  );
});

it('says where searches lose', () => {
  const infeasible = { status: 'infeasible', reason: 'The least is 50 kB.', totalMs: 1, timedOn: null } as const;
  const text = page({ searches: { 'pit 1': found(0.2), 'pit 2': found(0.3), 'supernet 1': infeasible } }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('- `ic`, Photographs, pit: −25.0 points beside the seed network');
  expect(text).toContain('- `ic`, Photographs, pit: below the linear classifier');
  expect(text).toContain('- `ic`, Photographs, supernet: found no network. The least is 50 kB.');
  expect(text).toContain('25.0 % ± 5.0');
  expect(text).toContain('| out of reach |');
});

it('says what the linear figure of a task is that gives its input back', () => {
  const text = page({ task: 'ad', linear: 0.711, chance: 0.5, searches: { 'pit 1': found(0.7) } }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('without augmentation; for `ad` it is a linear autoencoder: the error beside the first 8 principal components');
  expect(text).toContain('| 0.711 |');
  expect(text).toContain('- `ad`, Photographs, pit: below the linear autoencoder');
  expect(page({ task: 'ad', linear: null })).not.toContain('linear autoencoder');
});

it('runs again what has no time only in a sitting that takes times', () => {
  expect([null, 'a processor'].map((timedOn) => isMissing(found(0.5), timedOn))).toEqual([false, true]);
  expect(isMissing(found(0.5, 'a processor'), 'another processor')).toBe(false);
  expect(isMissing(undefined, null)).toBe(true);
});
