import { describe, expect, it } from 'vitest';
import { noDatasets } from '../../tests/support/noDatasets';
import type { SearchClient } from '../client/searchClient';
import { WorkbenchError } from '../core/errors';
import type { EventBatch, WireEvent } from '../protocol/protocol';
import { Workbench } from './workbench';
import { wouldBeLost } from './wouldBeLost';

/** A workbench after a first step, and the two ways in which its worker is heard of. The worker answers exports only. */
function afterOneStep(written: Promise<Uint8Array> = Promise.resolve(new Uint8Array(1))) {
  let tell: (batch: EventBatch) => void = () => {};
  let die: (error: Error) => void = () => {};
  const client = {
    call: (name: string) => (name === 'export' ? written : new Promise(() => {})),
    control() {},
  } as unknown as SearchClient;
  const workbench = new Workbench((onEvents, onDeath) => {
    [tell, die] = [onEvents, onDeath];
    return client;
  }, noDatasets);
  const step = { kind: 'step', phase: 'search', epoch: 1, step: 1, stepInEpoch: 1, stepsPerEpoch: 1, at: 0 } as unknown as WireEvent;
  tell([{ kind: 'state', state: 'running', searched: false }, step, { kind: 'state', state: 'stopped', searched: false }]);
  return { workbench, die };
}

describe('what a run has trained', () => {
  it('would be lost until it was exported', async () => {
    const { workbench } = afterOneStep();
    expect(wouldBeLost(workbench.state.run)).toBe(true);
    expect(await workbench.export('run')).toHaveLength(1);
    expect(wouldBeLost(workbench.state.run)).toBe(false);
  });

  it('would still be lost when its export fails, which is told', async () => {
    const { workbench } = afterOneStep(Promise.reject(new WorkbenchError('busy', 'There is no network yet.')));
    expect(await workbench.export('network')).toBeNull();
    expect(wouldBeLost(workbench.state.run)).toBe(true);
    expect(workbench.state.run).toMatchObject({ state: 'stopped', error: 'There is no network yet.' });
    expect(workbench.state.announcement).toBe('There is no network yet.');
  });

  it('is gone already when the worker broke down', () => {
    const { workbench, die } = afterOneStep();
    die(new WorkbenchError('internal', 'The search worker broke down.'));
    expect(workbench.state.run.state).toBe('failed');
    expect(wouldBeLost(workbench.state.run)).toBe(false);
  });
});
