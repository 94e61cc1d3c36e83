import { expect, it } from 'vitest';
import { lastOfEachDrag } from './lastOfEachDrag';

const memory = (step: number, target: number | null, at: number | null = null) => ({ step, metric: 'flashBytes', target, at }) as const;
const latency = (step: number, target: number) => ({ step, metric: 'latencyMs', target, at: null }) as const;

it('keeps where each target came to rest, whatever else was moved meanwhile', () => {
  const moves = [memory(10, 39), memory(11, 38), latency(12, 5), memory(14, 36), memory(22, 35), latency(30, 4), memory(31, null)];
  expect(lastOfEachDrag(moves)).toEqual([latency(12, 5), memory(22, 35), latency(30, 4), memory(31, null)]);
  expect(lastOfEachDrag([])).toEqual([]);
});

it('tells two moves from one drag by the time between them, however long a step takes', () => {
  const steps = (stepMs: number, ...at: number[]) =>
    lastOfEachDrag(at.map((step) => memory(step, step, step * stepMs))).map(({ step }) => step);
  // Two keys, 0.7 s apart.
  expect(steps(140, 400, 405)).toEqual([400, 405]);
  expect(steps(10, 400, 470)).toEqual([400, 470]);
  // A drag with a rest of 0.5 s.
  expect(steps(10, 400, 402, 452, 453)).toEqual([453]);
  expect(steps(140, 400, 401, 404)).toEqual([404]);
  // A drag over slow steps, and two moves with a step between them.
  expect(steps(2000, 40, 41, 42)).toEqual([42]);
  expect(steps(2000, 40, 42)).toEqual([40, 42]);
});
