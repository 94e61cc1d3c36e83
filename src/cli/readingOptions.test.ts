import { expect, it } from 'vitest';
import { readSearchArguments } from './arguments';

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

it.each([
  [['--hold-out', 'ann'], '--hold-out says how your own examples are read, so it needs --data'],
  [['--task', 'kws', '--variants', '2'], '--variants says how your own examples are read, so it needs --data'],
  [['--data', 'pictures', '--features', 'mfcc'], '--features matters only to spoken words; leave it out, or choose --task kws'],
])('an option without effect is refused: %s', (args, message) => {
  expect(() => readingOf(...args)).toThrow(message);
});
