import { describe, expect, it } from 'vitest';
import type { Phase, SearchEvent } from '../core/search/events';
import { Curves } from './curves';

const plan = (phase: Phase, epochs: number) => ({ phase, epochs, stepsPerEpoch: 10, macs: 1 });
const begin = (phase: Phase): SearchEvent => ({
  kind: 'phase',
  phase,
  metricNames: ['taskLoss', 'accuracy', 'cost/flashBytes'],
  implementation: '',
});
const rows = (phase: Phase, step: number, count: number): SearchEvent => ({
  kind: 'metrics',
  phase,
  step,
  rows: count,
  values: new Float32Array(3 * count).fill(1),
});

describe('curves of a run', () => {
  const started: SearchEvent = {
    kind: 'started',
    validation: 'accuracy',
    warnings: [],
    seedCosts: {},
    phases: [plan('warmup', 1), plan('search', 2), plan('finetune', 3), plan('seed', 9)],
  };
  const ends = (curves: Curves) => [curves.training.loss.plannedEnd, curves.costs.get('flashBytes')?.plannedEnd];

  it('know from the start how far they are going to grow', () => {
    const curves = new Curves(['flashBytes'], new Map());
    curves.addAll([started, begin('warmup')]);
    expect(ends(curves)).toEqual([60, 30]);
  });

  it('end earlier where a phase ended before its plan', () => {
    const curves = new Curves(['flashBytes'], new Map());
    curves.addAll([started, begin('warmup'), rows('warmup', 10, 10), begin('search'), rows('search', 25, 15), begin('finetune')]);
    expect(ends(curves)).toEqual([55, 25]);
  });
});
