import { expect, it } from 'vitest';
import { smallConfig } from '../../../tests/support/search';
import { shapeDataset } from '../data/shapes';
import { jsonPieces } from '../jsonPieces';
import { MOST_POINTS } from './boundedSeries';
import { RunRecorder, type RunFile } from './runFile';

it('stays small for a run of a million steps, and is written with its extremes', () => {
  const [steps, rows] = [1_000_000, 50];
  const names = ['taskLoss', 'accuracy', ...Array.from({ length: 8 }, (_, index) => `weight/${index}`)];
  const recorder = new RunRecorder();
  recorder.add({ kind: 'phase', phase: 'search', metricNames: names, implementation: '' });
  const values = new Float32Array(rows * names.length);
  for (let step = rows; step <= steps; step += rows) {
    // Loss, accuracy and the like: each column changes at its own pace, and jumps once.
    for (let index = 0; index < values.length; index++) values[index] = ((step * 7919 + index * 104_729) % 10_007) / 10_007;
    if (step === steps / 2) values[0] = 1234;
    recorder.add({ kind: 'metrics', phase: 'search', step, rows, values });
    for (let at = step - rows + 1; at <= step; at++) {
      const memory = { tensors: 400, heapBytes: at === 700_001 ? 2e9 : 1e8 };
      recorder.add({ kind: 'step', phase: 'search', epoch: 1, stepInEpoch: at, step: at, elapsedMs: 1, memory });
    }
  }
  const context = { config: smallConfig, dataset: shapeDataset(0, 0), environment: {}, stopped: false };
  const pieces = [...jsonPieces(recorder.file(context))];
  const bytes = pieces.reduce((total, piece) => total + piece.length, 0);
  expect(bytes).toBeLessThan(names.length * MOST_POINTS * 32);
  const { series } = JSON.parse(pieces.join('')) as RunFile;
  for (const { step, value } of Object.values(series)) {
    expect(step.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(value.length).toBe(step.length);
    expect([step[0], step.at(-1)]).toEqual([1, steps]);
  }
  expect(Object.keys(series)).toHaveLength(names.length + 2);
  expect(series.trainLoss?.value[series.trainLoss.step.indexOf(steps / 2 - rows + 1)]).toBe(1234);
  expect(Math.max(...(series['memory/heapBytes']?.value ?? []))).toBe(2e9);
  expect(series['memory/tensors']?.step.length).toBeLessThan(20);
});
