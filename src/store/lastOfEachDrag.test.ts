import { expect, it } from 'vitest';
import { lastOfEachDrag } from './lastOfEachDrag';

const memory = (step: number, target: number | null) => ({ step, metric: 'flashBytes', target }) as const;
const latency = (step: number, target: number) => ({ step, metric: 'latencyMs', target }) as const;

it('keeps where each target came to rest, whatever else was moved meanwhile', () => {
  const moves = [memory(10, 39), memory(11, 38), latency(12, 5), memory(14, 36), memory(22, 35), latency(30, 4), memory(31, null)];
  expect(lastOfEachDrag(moves)).toEqual([latency(12, 5), memory(22, 35), latency(30, 4), memory(31, null)]);
  expect(lastOfEachDrag([])).toEqual([]);
});
