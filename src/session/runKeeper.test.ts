import { expect, it } from 'vitest';
import { smallConfig } from '../../tests/support/search';
import type { Costs } from '../core/cost/metrics';
import { shapeDataset } from '../core/data/shapes';
import { runDataOf, RunRecorder } from '../core/runs/runFile';
import type { Phase, SearchResult } from '../core/search/events';
import type { RunStorage } from '../keep/runStorage';
import type { WireEvent } from '../protocol/protocol';
import { RunKeeper, type KeptSearch } from './runKeeper';

const run: KeptSearch = {
  id: 'now',
  started: 0,
  identity: { config: smallConfig, data: runDataOf(shapeDataset(1, 1)), dataFingerprint: '', backend: 'wasm' },
  environment: { backend: 'wasm' },
  recorder: new RunRecorder(),
  controls: { targets: {}, revision: 0 },
  told: [],
  goodStep: null,
  capture: () => Promise.reject(new Error('not asked for')),
};

it('tells whose checkpoints gave way to the run, also where that was not enough', async () => {
  const told: WireEvent[] = [];
  const storage: Pick<RunStorage, 'write'> = {
    write: (_, tell) => {
      tell?.({ id: 'old', bytes: 5 });
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    },
  };
  const keeper = new RunKeeper(
    storage as RunStorage,
    run,
    () => {},
    () => 0,
    (event) => told.push(event),
  );
  await keeper.end('stopped', false);
  expect(told).toMatchObject([{ kind: 'kept', id: 'now', whole: false, dropped: [{ id: 'old', bytes: 5 }] }]);
  expect(JSON.stringify(told)).toContain('is full');
});

it('counts no step that trains after the result', async () => {
  const written: { step: number; steps: number | null }[] = [];
  const storage: Pick<RunStorage, 'write'> = { write: ({ summary }) => Promise.resolve(void written.push(summary)) };
  const keeper = new RunKeeper(
    storage as RunStorage,
    run,
    () => {},
    () => 0,
    () => {},
  );
  const plan = (phase: Phase) => ({ phase, epochs: 2, stepsPerEpoch: 5, macs: 1 });
  const step = (phase: Phase, at: number) =>
    ({ kind: 'step', phase, epoch: 1, stepInEpoch: 1, step: at, elapsedMs: 1, memory: { tensors: 0, heapBytes: 0 } }) as const;
  keeper.add({ kind: 'started', phases: [plan('search')], seedCosts: {} as Costs, warnings: [], validation: '' });
  keeper.add(step('search', 10));
  keeper.add({ kind: 'result', step: 10, result: {} as SearchResult });
  keeper.further(false);
  keeper.add({ kind: 'planned', phases: [plan('comparison')] });
  keeper.add(step('comparison', 17));
  await keeper.end('finished', false);
  expect(written).toMatchObject([{ step: 10, steps: 10 }]);
});

it('keeps the targets that its result was found for, though others are set since', async () => {
  const recorder = new RunRecorder();
  const found = { metric: 'flashBytes', target: 40_000, value: 39_000, met: true } as const;
  const result = { constraints: [found], objectives: [], quality: { id: '', final: 1 }, costs: { final: {}, seedNetwork: {} } };
  recorder.add({ kind: 'result', step: 1, result: result as unknown as SearchResult });
  const written: unknown[] = [];
  const storage: Pick<RunStorage, 'write'> = { write: ({ summary }) => Promise.resolve(void written.push(summary.targets)) };
  const moved = { targets: { flashBytes: 20_000 }, revision: 1 };
  for (const one of [new RunRecorder(), recorder]) {
    const keeper = new RunKeeper(
      storage as RunStorage,
      { ...run, recorder: one, controls: moved },
      () => {},
      () => 0,
      () => {},
    );
    await keeper.end('finished', false);
  }
  expect(written).toEqual([{ flashBytes: 20_000 }, { flashBytes: 40_000 }]);
});
