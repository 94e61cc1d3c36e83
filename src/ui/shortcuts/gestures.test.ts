import { expect, test } from 'vitest';
import { beginsGesture, type GestureKey } from './gestures';

const input = (type: string) => ({ tagName: 'INPUT', type, isContentEditable: false });
const [latency, memory, text] = [input('range'), input('range'), input('text')];

/** @param at milliseconds */
const press = (key: string, field: GestureKey['field'], at = 0, repeat = false): GestureKey => ({ key, field, timeStamp: at, repeat });

test.each<[string, boolean, GestureKey, GestureKey | null]>([
  ['the first press', true, press('ArrowLeft', latency), null],
  ['a quick press after it', false, press('ArrowRight', latency, 900), press('ArrowLeft', latency)],
  ['a late press', true, press('ArrowLeft', latency, 1100), press('ArrowLeft', latency)],
  ['a press on another slider', true, press('ArrowLeft', memory, 100), press('ArrowLeft', latency)],
  ['a press after another key', true, press('ArrowLeft', latency, 100), press('Tab', latency)],
  ['another key on the slider', true, press('s', latency, 100), press('ArrowLeft', latency)],
  ['a key that is held', false, press('ArrowLeft', latency, 5000, true), press('ArrowLeft', latency)],
  ['typing', false, press('5', text), null],
  ['Enter in a field', true, press('Enter', text), null],
  ['quick presses of a button', true, press('ArrowLeft', null, 100), press('ArrowLeft', null)],
])('%s begins a gesture: %s', (_, begins, now, before) => {
  expect(beginsGesture(now, before)).toBe(begins);
});
