import { expect, test } from 'vitest';
import { readSearchArguments } from '../../cli/arguments';
import { unlessChosen } from '../config/settings';
import type { SearchConfig } from '../config/searchConfig';
import type { Reading } from '../data/reading';
import { strategyFor } from '../strategies/index';
import { taskFor } from '../tasks/index';
import { searchCommand } from './searchCommand';

const data = { name: 'Built-in shapes', synthetic: true, trainCount: 72, testCount: 16 };

function quick(change: Partial<SearchConfig>): SearchConfig {
  const { task = 'ic' } = change;
  const config = { ...taskFor(task).presets.quick, ...unlessChosen, task, method: 'supernet', device: 'gap8', seedNetwork: false };
  return { ...config, targets: { flashBytes: 40_000.123, latencyMs: 6 }, objective: null, ...change };
}

/** The command's arguments, as a shell gives them. */
const argumentsOf = (command: string) =>
  Array.from(command.replace('npm run -s search -- ', '').matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
const commandOf = (config: SearchConfig, of = data, reading: Reading | null = null) =>
  searchCommand({ config, data: of, backend: 'wasm' }, strategyFor(config.method), reading);

test.each<[string, Partial<SearchConfig>]>([
  ['the quick preset', {}],
  ['the paper’s preset with another seed', { ...taskFor('ic').presets.paper, randomSeed: 9 }],
  [
    'many choices',
    {
      epochs: { warmup: 0, search: 3, finetune: 1 },
      sampling: { noise: 'gumbel', hard: true },
      schedules: { warmup: 'constant', search: [[2, 0.5]], finetune: 'cosine' },
      weightRate: 1e-7,
      earlyStop: { patience: 4, searchFrom: 0.25, finetune: 6 },
      excess: { candidates: 'absolute', channels: 'above' },
      objective: { metrics: ['latencyMs', 'flashBytes'], strength: 0.5 },
      augment: false,
    },
  ],
  [
    'a method without gradients',
    { method: 'random', space: 'channels', networks: 8, budget: 2.5, targets: { macs: 1e6, params: 1e-7, ramBytes: 3e4 } },
  ],
])('the command line reads %s from its command', (_, change) => {
  const config = quick(change);
  const read = readSearchArguments(argumentsOf(commandOf(config)));
  const { device, targets, ...others } = config;
  expect(read?.config).toEqual(others);
  expect(read).toMatchObject({ device, trainCount: 72, testCount: 16, backend: 'wasm', data: 'embedded' });
  expect(read?.limits).toEqual({ ...(change.targets ? { flashBytes: null, latencyMs: null } : {}), ...targets });
});

test('what is as the preset has it is left out, and files stand for what only the person has', () => {
  expect(commandOf(quick({}))).toBe(
    'npm run -s search -- --task ic --method supernet --device gap8 --memory 40000.123B --latency 6ms --train 72 --test 16 --backend wasm',
  );
  const own = commandOf(quick({ device: { name: 'x' } as unknown as SearchConfig['device'] }), { ...data, synthetic: false });
  expect(own).toContain('--device device.json');
  expect(own).toContain('--data YOUR-EXAMPLES');
});

test.each<[string, Partial<SearchConfig>, Reading]>([
  ['words of a held-out speaker', { task: 'kws' }, { holdOut: 'Ann B', variants: 2, feature: 'mlperfMfcc' }],
  ['variants of clips that are not changed otherwise', { task: 'kws', augment: false }, { holdOut: null, variants: 4, feature: 'mfcc' }],
])('own examples are read in the same way: %s', (_, change, reading) => {
  const own = { ...data, synthetic: false };
  expect(readSearchArguments(argumentsOf(commandOf(quick(change), own, reading)))?.reading).toEqual(reading);
});

test('how own examples are read is left out where a search reads them so by itself, and of built-in ones', () => {
  const own = { ...data, synthetic: false };
  for (const variants of [4, null])
    expect(commandOf(quick({ task: 'kws' }), own, { holdOut: null, variants, feature: 'mfcc' })).toContain(
      '--data YOUR-EXAMPLES --train 72',
    );
  expect(commandOf(quick({ task: 'kws' }), data, { holdOut: 'ann', variants: 2, feature: 'mlperfMfcc' })).not.toMatch(
    /--data|--hold-out|--variants|--features/,
  );
});
