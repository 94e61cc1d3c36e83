import { describe, expect, it } from 'vitest';
import type { Phase, SearchEvent } from '../core/search/events';
import { Curves, periodsOf } from './curves';

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
    curves.addAll([rows('finetune', 30, 5), begin('trials'), begin('finetune')]);
    expect(ends(curves)).toEqual([60, 25]);
  });

  it('tell every move of a target, the strength in force, and the found network apart from the supernet', () => {
    const curves = new Curves(['flashBytes'], new Map());
    const targets = (step: number, flashBytes: number, at?: number): SearchEvent => ({
      kind: 'targets',
      ...(at !== undefined && { at }),
      revision: step,
      step,
      targets: { flashBytes },
      strengths: null,
      shortfall: null,
    });
    const search = {
      ...begin('search'),
      metricNames: ['taskLoss', 'penalty', 'appliedStrength/flashBytes', 'cost/flashBytes'],
    } as SearchEvent;
    const values = new Float32Array([2, 0.5, 0.25, 9]);
    const epoch = { epoch: 1, trainLoss: 1, trainQuality: null, validationLoss: 3, validationQuality: 0.5 } as const;
    curves.addAll([started, targets(0, 8), search, { kind: 'metrics', phase: 'search', step: 1, rows: 1, values }]);
    curves.addAll([targets(1, 7), targets(2, 6, 50_000), { kind: 'epoch', phase: 'search', step: 2, ...epoch }]);
    curves.addAll([begin('finetune'), rows('finetune', 4, 2), { kind: 'epoch', phase: 'finetune', step: 4, ...epoch }]);
    expect(curves.targetMoves).toEqual([
      { step: 1, at: null, metric: 'flashBytes', target: 7 },
      { step: 2, at: 50_000, metric: 'flashBytes', target: 6 },
    ]);
    expect(curves.penalty.rows()).toEqual([{ step: 1, values: [0.5] }]);
    expect(curves.strengths.get('flashBytes')?.rows()).toEqual([{ step: 1, values: [0.25] }]);
    const steps = [curves.validation.loss, curves.derived.loss].map((curve) => curve.rows().map(({ step }) => step));
    expect(steps).toEqual([[2], [4]]);
    // What goes back with a gentler setting is no phase of its own.
    curves.addAll([{ kind: 'eased', step: 4, easing: { setting: 'weightRate', was: 1, now: 0.5 } } as SearchEvent]);
    curves.addAll([begin('finetune'), rows('finetune', 6, 2)]);
    expect(curves.easings).toEqual([{ step: 4, easing: { setting: 'weightRate', was: 1, now: 0.5 } }]);
    expect(periodsOf(curves.phaseMarks, 30)).toEqual([
      { label: 'search', from: 1, to: 2 },
      { label: 'fine-tune', from: 3, to: 30 },
    ]);
  });
});
