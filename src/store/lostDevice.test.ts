import { createStore } from 'zustand/vanilla';
import { expect, it } from 'vitest';
import type { StoredRun } from '../keep/runStorage';
import { LostDevice } from './lostDevice';
import { idleRun, type WorkbenchState } from './state';

/** A page on a graphics card, and a kept run whose checkpoint is at a step. @param after the backend that starts once the device is lost @param run the page's by then */
function sitting(after: string, run: WorkbenchState['run'] | null = null) {
  const backend = (name: string) => ({ state: 'ready', choice: 'automatic', started: { name, passedOver: [] } });
  const failed = { ...idleRun, state: 'failed', failure: { code: 'device-lost' } };
  const store = createStore(() => ({ backend: backend('webgpu'), run: failed }) as unknown as WorkbenchState);
  const gone: string[] = [];
  const page = {
    store,
    pickBackend: () => {
      store.setState({ backend: backend(after), ...(run && { run }) } as unknown as WorkbenchState);
      return Promise.resolve();
    },
    goOn: ({ id }: { id: string }) => {
      store.setState({ run: idleRun });
      return Promise.resolve(void gone.push(id));
    },
  };
  let step = 100;
  const read = (id: string) => Promise.resolve({ summary: { step, checkpointBytes: 9, backend: 'webgpu' }, record: { id } } as StoredRun);
  return { store, lost: new LostDevice(page, read), gone, writes: (at: number) => (step = at) };
}

it('goes on where the checkpoint is, and again only once there is a newer one', async () => {
  const { store, lost, gone, writes } = sitting('webgpu');
  expect(await lost.goOn('a')).toBe(true);
  expect(store.getState().announcement()).toMatch(/goes on from its checkpoint/);
  expect(await lost.goOn('a')).toBe(false);
  writes(150);
  expect(await lost.goOn('a')).toBe(true);
  expect(gone).toEqual(['a', 'a']);
});

it('leaves the run to a person where there is no other device', async () => {
  const { store, lost, gone } = sitting('wasm');
  expect(store.getState().run.stranded).toBe(false);
  expect(await lost.goOn('a')).toBe(false);
  expect(gone).toEqual([]);
  expect(store.getState().run.stranded).toBe(true);
});

it('leaves the run to a person where no backend starts, which empties the run', async () => {
  const { store, lost, gone } = sitting('wasm', idleRun);
  expect(await lost.goOn('a')).toBe(false);
  expect(gone).toEqual([]);
  expect(store.getState().run.stranded).toBe(true);
});

it('does not take the place of a search that a person has begun meanwhile', async () => {
  const { store, lost, gone } = sitting('webgpu', { ...idleRun, state: 'running' });
  expect(await lost.goOn('a')).toBe(false);
  expect(gone).toEqual([]);
  expect(store.getState().run.stranded).toBe(false);
});
