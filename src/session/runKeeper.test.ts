import { expect, it } from 'vitest';
import { smallConfig } from '../../tests/support/search';
import { shapeDataset } from '../core/data/shapes';
import { runDataOf, RunRecorder } from '../core/runs/runFile';
import type { RunStorage } from '../keep/runStorage';
import type { WireEvent } from '../protocol/protocol';
import { RunKeeper, type KeptSearch } from './runKeeper';

it('tells whose checkpoints gave way to the run, also where that was not enough', async () => {
  const told: WireEvent[] = [];
  const storage: Pick<RunStorage, 'write'> = {
    write: (_, tell) => {
      tell?.({ id: 'old', bytes: 5 });
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    },
  };
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
