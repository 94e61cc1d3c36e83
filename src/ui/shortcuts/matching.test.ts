import { describe, expect, test } from 'vitest';
import { shortcutFor, takesLetters, type Press } from './matching';
import { shortcuts } from './shortcuts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const meant = (of: Press, single = true) => shortcutFor(shortcuts, of, single)?.keys[0] ?? null;

describe('a key press', () => {
  test.each<[string | null, Press]>([
    ['S', press('s')],
    ['S', press('S')],
    ['?', press('?', { shiftKey: true })],
    ['Ctrl+Z', press('z', { ctrlKey: true })],
    ['Ctrl+Z', press('z', { metaKey: true })],
    ['Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true })],
    ['Ctrl+Shift+Z', press('y', { ctrlKey: true })],
    [null, press('s', { ctrlKey: true })],
    [null, press('S', { shiftKey: true })],
    [null, press('s', { altKey: true })],
    [null, press('z')],
  ])('means %s: %o', (keys, of) => {
    expect(meant(of)).toBe(keys);
  });

  test('without Ctrl means nothing once single keys are switched off', () => {
    expect([meant(press('s'), false), meant(press('?'), false)]).toEqual([null, null]);
    expect(meant(press('z', { ctrlKey: true }), false)).toBe('Ctrl+Z');
  });
});

test('no keys stand for two things', () => {
  const all = shortcuts.flatMap(({ keys }) => keys);
  expect(new Set(all).size).toBe(all.length);
});

test.each([
  ['INPUT', 'text', true],
  ['INPUT', 'search', true],
  ['INPUT', 'range', false],
  ['INPUT', 'checkbox', false],
  ['SELECT', undefined, true],
  ['BUTTON', 'submit', false],
])('%s %s takes letters: %s', (tagName, type, takes) => {
  expect(takesLetters({ tagName, isContentEditable: false, ...(type && { type }) })).toBe(takes);
});
