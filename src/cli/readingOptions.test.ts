import { expect, it } from 'vitest';
import { readSearchArguments } from './arguments';
import { usualCache } from './cacheFolder';
import { readExportArguments } from './exportArguments';

const readingOf = (...args: string[]) => readSearchArguments(args)?.reading;

it('spoken words of your own get variants, unless nothing is to be changed at random', () => {
  const own = ['--task', 'kws', '--data', 'clips'];
  expect(readingOf(...own)).toEqual({ holdOut: null, variants: 4, feature: 'mfcc' });
  expect(readingOf(...own, '--augment', 'off')?.variants).toBe(1);
  expect(readingOf(...own, '--variants', '2', '--features', 'mlperfMfcc', '--hold-out', 'ann')).toEqual({
    holdOut: 'ann',
    variants: 2,
    feature: 'mlperfMfcc',
  });
});

it('own examples are kept in the usual folder, another one, or none', () => {
  const keptIn = (...args: string[]) => readSearchArguments(['--data', 'pictures', ...args])?.prepared;
  expect([keptIn(), keptIn('--prepared', 'mine'), keptIn('--prepared', 'none')]).toEqual([usualCache(), 'mine', null]);
});

it.each([
  [['--prepared', 'none'], '--prepared says where your own examples are kept, so it needs --data'],
  [['--hold-out', 'ann'], '--hold-out says how your own examples are read, so it needs --data'],
  [['--task', 'kws', '--variants', '2'], '--variants says how your own examples are read, so it needs --data'],
  [['--data', 'pictures', '--features', 'mfcc'], '--features matters only to spoken words; leave it out, or choose --task kws'],
])('an option without effect is refused: %s', (args, message) => {
  expect(() => readingOf(...args)).toThrow(message);
});

it('an export reads them as the search did, which chooses the variants where nothing is said', () => {
  const exported = (...args: string[]) => readExportArguments(['--run', 'run.json', '--to', 'c', '--out', 'folder', ...args])?.reading;
  expect(exported()).toEqual({ holdOut: null, variants: null, feature: 'mfcc' });
  expect(exported('--hold-out', 'ann', '--variants', '2', '--features', 'mlperfMfcc')).toEqual({
    holdOut: 'ann',
    variants: 2,
    feature: 'mlperfMfcc',
  });
  expect(() => exported('--features', 'mel')).toThrow('--features takes mfcc, mlperfMfcc, not "mel"');
});
