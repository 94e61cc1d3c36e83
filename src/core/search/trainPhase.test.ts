import { tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import type { BatchSource } from '../data/batches';
import { WorkbenchError } from '../errors';
import { trainPhase, type PhaseOptions, type PhaseSummary } from './trainPhase';
import type { TrainingStep } from './training/trainingStep';

/** A phase with one epoch of two steps; the second step returns these values. */
function phase(values: readonly number[], epochs = 1): PhaseOptions {
  let steps = 0;
  const step: TrainingStep = {
    implementation: 'test',
    metricNames: ['taskLoss', 'accuracy', 'cost/latencyMs'],
    run: () => ({ metrics: tensor1d(++steps === 2 ? [...values] : [1, 0.5, 3]) }),
    settle: () => {},
    failure: () => null,
    dispose: () => {},
  };
  const batches: BatchSource = {
    perEpoch: 2,
    sets: [],
    turn: () => 'both',
    next: () => ({ x: new Float32Array(), labels: new Int32Array() }),
  };
  return {
    phase: 'search',
    epochs,
    step,
    architecture: null,
    batches,
    host: { now: () => 0, readIntervalMs: 0, heapBytes: () => 0, pause: () => Promise.resolve() },
    stepsBefore: 0,
    quality: 'accuracy',
    eager: () => false,
    // eslint-disable-next-line require-yield -- nothing changes here
    controls: async function* () {
      return { weightRate: 0, archRate: 0, penalties: [] };
    },
    validation: { score: async () => ({ loss: 1, quality: 0.5 }), dispose() {} },
  };
}

async function summaryOf(options: PhaseOptions): Promise<PhaseSummary> {
  const events = trainPhase(options);
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
  }
}

describe('a phase of training', () => {
  beforeAll(() => useBackend('cpu'));

  it('tells the mean loss of its last epoch', async () => {
    expect(await summaryOf(phase([2, 0.5, 3]))).toEqual({ steps: 2, stepMs: 0, lastLoss: 1.5 });
  });

  it('has neither a loss nor a time without epochs', async () => {
    expect(await summaryOf(phase([2, 0.5, 3], 0))).toEqual({ steps: 0, stepMs: null, lastLoss: null });
  });

  it('is told of when it begins, and not at all without epochs', async () => {
    const kindsOf = async (epochs: number) => {
      const kinds: string[] = [];
      for await (const { kind } of trainPhase(phase([2, 0.5, 3], epochs))) kinds.push(kind);
      return kinds;
    };
    expect((await kindsOf(1))[0]).toBe('phase');
    expect(await kindsOf(0)).toEqual([]);
  });

  it('tells the strength on each cost in every step, without reading it back', async () => {
    let strength = 0;
    // eslint-disable-next-line require-yield -- nothing is told here
    const controls = async function* () {
      return { weightRate: 0, archRate: 0, penalties: [{ strength: (strength += 0.25), target: 1 }] };
    };
    const told: unknown[] = [];
    for await (const event of trainPhase({ ...phase([2, 0.5, 3]), host: { ...phase([]).host, readIntervalMs: 100 }, controls })) {
      if (event.kind === 'phase') told.push(event.metricNames);
      if (event.kind === 'metrics') told.push(...event.values);
    }
    expect(told).toEqual([['taskLoss', 'accuracy', 'cost/latencyMs', 'appliedStrength/latencyMs'], 1, 0.5, 3, 0.25, 2, 0.5, 3, 0.5]);
  });

  it.each([
    ['training loss', [NaN, 0.5, 3]],
    ['value of cost/latencyMs', [2, 0.5, Infinity]],
  ])('ends when the %s is no finite number, and names that and no cause', async (what, values) => {
    await expect(summaryOf(phase(values))).rejects.toMatchObject({
      code: 'loss-not-finite',
      message: `The ${what} became infinite or not a number in search, epoch 1, step 2.`,
    });
  });

  it('names its place when the validation is no finite number, so that a gentler setting can be offered', async () => {
    const validation = { score: () => Promise.reject(new WorkbenchError('loss-not-finite', 'No number.')), dispose() {} };
    await expect(summaryOf({ ...phase([2, 0.5, 3]), validation })).rejects.toMatchObject({
      code: 'loss-not-finite',
      message: 'The loss or the quality on the validation examples became infinite or not a number in search, epoch 1.',
      details: { phase: 'search', epoch: 1 },
    });
  });
});
