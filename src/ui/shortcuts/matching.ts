/** Which shortcut a key press means. */
import type { Shortcut } from './shortcuts';

/** What of a key press counts. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** @param keys such as "S", "?", "Ctrl+Shift+Z"; the command key counts as Ctrl */
function isPressed(keys: string, { key, ctrlKey, metaKey, altKey, shiftKey }: Press): boolean {
  const parts = keys.split('+');
  // Signs need Shift on some keyboards and not on others.
  const shift = /^[a-z]$/i.test(key) ? shiftKey === parts.includes('Shift') : true;
  return key.toLowerCase() === parts.at(-1)?.toLowerCase() && (ctrlKey || metaKey) === parts.includes('Ctrl') && !altKey && shift;
}

/** @param single whether keys without Ctrl count */
export function shortcutFor(list: readonly Shortcut[], press: Press, single: boolean): Shortcut | undefined {
  return list.find(({ keys }) => keys.some((combination) => (single || combination.includes('+')) && isPressed(combination, press)));
}

/** Whether a person types there, or letters choose there. */
export function takesLetters(element: { readonly tagName: string; readonly isContentEditable: boolean; readonly type?: string }): boolean {
  const { tagName, isContentEditable, type } = element;
  if (tagName === 'INPUT') return type !== 'checkbox' && type !== 'range' && type !== 'file';
  return isContentEditable || tagName === 'TEXTAREA' || tagName === 'SELECT';
}
