/** Where one gesture of a person ends and the next begins. */
import { takesLetters } from './matching';

/** What of a key press counts. */
export interface GestureKey extends Pick<KeyboardEvent, 'key' | 'repeat' | 'timeStamp'> {
  /** Where it was pressed; null where that is no field. */
  readonly field: Pick<HTMLInputElement, 'tagName' | 'type' | 'isContentEditable'> | null;
}

/** Presses on one slider that follow each other within this many milliseconds move it together, like a drag. */
const ONE_MOVE_MS = 1000;

const moves = /^(Arrow(Left|Right|Up|Down)|Page(Up|Down)|Home|End)$/;

/** Whether a key begins a gesture. Typing in a field is one, and so are quick moves of a slider. @param before the key pressed before it */
export function beginsGesture(press: GestureKey, before: GestureKey | null): boolean {
  const { key, repeat, field, timeStamp } = press;
  if (repeat) return false;
  if (field && takesLetters(field)) return key === 'Enter';
  const goesOn = field?.type === 'range' && field === before?.field && timeStamp - before.timeStamp < ONE_MOVE_MS;
  return !(goesOn && moves.test(key) && moves.test(before.key));
}
