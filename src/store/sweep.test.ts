import { createStore } from 'zustand/vanilla';
import { expect, it } from 'vitest';
import type { KeptSweep, SweepCell } from '../keep/keptSweep';
import { idleRun, type RunView, type WorkbenchState } from './state';
import { progressOf, SweepQueue } from './sweep';

const config = (randomSeed: number) => ({ task: 'ic', randomSeed }) as SweepCell['config'];
const data = { name: 'shapes', synthetic: true, classNames: [], trainCount: 1, testCount: 1 };

/** A page whose searches wait to be ended by hand, and the place of a sweep. */
function sitting(kept: KeptSweep | null = null) {
  const store = createStore(
    () =>
      ({
        run: idleRun,
        loadingData: false,
        backend: { state: 'ready', choice: 'wasm', started: { name: 'wasm', passedOver: [] } },
      }) as unknown as WorkbenchState,
  );
  const begun: string[] = [];
  const run = (change: Partial<RunView>) => {
    store.setState({ run: { ...store.getState().run, ...change } });
    return Promise.resolve();
  };
  const begin = (what: string) => {
    begun.push(what);
    store.setState({ run: { ...idleRun, state: 'running' } });
    return Promise.resolve();
  };
  let adopted = 0;
  const page = {
    store,
    adopt: ({ config: { randomSeed } }: { config: SweepCell['config'] }) => Promise.resolve(void (adopted = randomSeed)),
    start: () => begin(`start ${adopted}`),
    goOn: () => begin('go on'),
    pause: () => run({ state: 'paused' }),
    resume: () => run({ state: 'running' }),
    stop: () => run({ state: 'stopped' }),
    pickBackend: () => Promise.resolve(),
  };
  const place = {
    read: () => Promise.resolve(kept),
    write: (sweep: KeptSweep | null) => Promise.resolve(void (kept = sweep)),
    run: (id: string) =>
      Promise.resolve({ summary: { id, checkpointBytes: 9, backend: 'wasm' }, record: { result: null }, checkpoint: null } as never),
    interrupted: () => Promise.resolve(null),
    leave: () => Promise.resolve(),
    locks: { hold: () => Promise.resolve(() => {}), free: () => Promise.resolve() },
  };
  let devices = 1;
  const lostDevice = {
    async goOn() {
      if (devices-- > 0) {
        await begin('go on on another device');
        return true;
      }
      // To look for another one resets the page.
      store.setState({ run: idleRun });
      return false;
    },
  };
  const queue = new SweepQueue(place, page, lostDevice);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { queue, begun, run, settled, kept: () => kept };
}

const begin = { data, backend: 'wasm', expectedMs: 1000 };
const ended = { state: 'finished', result: { timing: { totalMs: 3000 } } } as unknown as Partial<RunView>;

it('runs one cell after the other, and notes those without a network', async () => {
  const { queue, begun, run, settled, kept } = sitting();
  await queue.open();
  await queue.start(begin, [config(1), config(2), config(3)]);
  await settled();
  expect(begun).toEqual(['start 1']);
  void run(ended);
  await settled();
  void run({ state: 'failed', error: 'out of reach' });
  await settled();
  expect(begun).toEqual(['start 1', 'start 2', 'start 3']);
  expect(kept()?.cells.map(({ state, reason, ms }) => [state, reason, ms])).toEqual([
    ['ended', null, 3000],
    ['ended', 'out of reach', null],
    ['running', null, null],
  ]);
  expect(progressOf(kept() as KeptSweep)).toEqual({ ended: 2, total: 3, without: 1, leftMs: 3000 });
});

it('holds the search with the sweep, waits for a search of a person, and stops at its end by hand', async () => {
  const { queue, begun, run, settled, kept } = sitting();
  await queue.open();
  void run({ state: 'running' });
  await queue.start(begin, [config(1), config(2)]);
  await settled();
  expect(begun).toEqual([]);
  void run(ended);
  await settled();
  await queue.pause();
  await queue.goOn();
  void run({ state: 'stopped' });
  await settled();
  expect(begun).toEqual(['start 1']);
  expect(kept()?.paused).toBe(true);
  await queue.goOn();
  await settled();
  expect(begun).toEqual(['start 1', 'start 2']);
  await queue.cancel();
  await settled();
  expect(kept()).toBeNull();
});

it('goes on with the run that a reload has interrupted', async () => {
  const cell = { config: config(1), state: 'running', runId: 'a', reason: null, ms: null } as const;
  const { queue, begun, settled } = sitting({ ...begin, id: 'sweep', paused: false, cells: [cell] });
  await queue.open();
  await settled();
  expect(begun).toEqual(['go on']);
});

it('makes a list of added searches that waits, each once, and takes some out again', async () => {
  const { queue, begun, run, settled, kept } = sitting();
  await queue.open();
  expect(await queue.add(begin, [config(1), config(2)])).toBe(2);
  expect(await queue.add(begin, [config(2), config(3)])).toBe(1);
  await settled();
  expect([begun, kept()?.paused]).toEqual([[], true]);
  await queue.remove(1);
  expect(kept()?.cells.map((cell) => cell.config.randomSeed)).toEqual([1, 3]);
  await queue.goOn();
  await settled();
  // Behind the one under way, which cannot be taken out.
  await queue.remove(0);
  await queue.add(begin, [config(4)]);
  await expect(queue.add({ ...begin, data: { ...data, trainCount: 2 } }, [config(5)])).rejects.toThrow('other examples');
  for (let cell = 0; cell < 3; cell++) {
    void run(ended);
    await settled();
  }
  expect(begun).toEqual(['start 1', 'start 3', 'start 4']);
  // What is over is replaced.
  await queue.add(begin, [config(6)]);
  expect(kept()?.cells.map((cell) => cell.config.randomSeed)).toEqual([6]);
});

it('goes on with a search whose graphics device was lost, before the next one', async () => {
  const { queue, begun, run, settled, kept } = sitting();
  await queue.open();
  await queue.start(begin, [config(1), config(2), config(3)]);
  await settled();
  const lost: Partial<RunView> = {
    state: 'failed',
    error: 'Lost.',
    failure: { code: 'device-lost', message: 'Lost.', details: {} },
    kept: { id: 'a', whole: true, goodStep: 4, problem: null, dropped: [] },
  };
  await run(lost);
  await settled();
  await run(ended);
  await settled();
  expect(begun).toEqual(['start 1', 'go on on another device', 'start 2']);
  // Where there is none, the next one begins all the same.
  await run(lost);
  await settled();
  expect(begun.at(-1)).toBe('start 3');
  expect(kept()?.cells[1]).toMatchObject({ state: 'ended', reason: 'Lost.' });
});
