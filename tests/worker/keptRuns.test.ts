/** Runs that are kept as they go, cut off, and gone on with by another sitting, through the session that the worker uses. */
import { fill, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SearchConfig } from '../../src/core/config/searchConfig';
import { WorkbenchError } from '../../src/core/errors';
import { setLanguage } from '../../src/core/language/say';
import { said } from '../../src/core/language/told';
import { messages } from '../../src/core/language/zh-CN/index';
import { shapeDataset } from '../../src/core/data/shapes';
import { RunRecorder } from '../../src/core/runs/runFile';
import { retold } from '../../src/core/runs/story';
import type { Engine } from '../../src/core/search/training/engine';
import { easings } from '../../src/core/search/divergence';
import type { SearchEvent } from '../../src/core/search/events';
import { readRunFile } from '../../src/core/runs/readRunFile';
import type { RunStorage } from '../../src/keep/runStorage';
import type { WireEvent } from '../../src/protocol/protocol';
import { unlabelled } from '../../src/keep/keptRun';
import { takeAlong } from '../../src/keep/takeAlong';
import { findKept } from '../../src/session/goOn';
import { importRuns } from '../../src/session/importRuns';
import { SearchSession } from '../../src/session/searchSession';
import { Curves } from '../../src/store/curves';
import { runFileOf } from '../../src/store/keptView';
import { useBackend } from '../support/backends';
import { forgetAll, sharedLocks, storageOf } from '../support/keptRuns';
import { dependencies, smallConfig } from '../support/search';
import { lasting } from '../support/sittings';

beforeAll(() => useBackend('wasm'));
afterEach(forgetAll);

const limits = { trainCount: 20, testCount: 10 };
/** 4 steps an epoch: 4 of warm-up, 8 of the search over candidates, 8 of that over channels, 4 of fine-tuning. */
const config: SearchConfig = { ...smallConfig, method: 'supernet+pit', validationShare: 0.2 };

interface Sitting {
  readonly session: SearchSession;
  readonly events: WireEvent[];
  readonly storage: RunStorage;
  /** Resolves with the state in which the run ended. */
  readonly ended: Promise<string>;
  /** From now on nothing reaches the storage, as when the tab is gone. */
  kill(): void;
  readonly killed: Promise<void>;
}

/** A page's worker. @param watch sees every event as it is told */
function sit(
  watch: (event: WireEvent, sitting: Sitting) => void = () => {},
  backend = 'wasm',
  locks = sharedLocks(),
  engine: Partial<Engine> = {},
): Sitting {
  const storage = storageOf(locks);
  const events: WireEvent[] = [];
  let end: (state: string) => void = () => {};
  const ended = new Promise<string>((resolve) => (end = resolve));
  const emit = (event: WireEvent) => {
    events.push(event);
    watch(event, sitting);
    if (event.kind === 'state' && ['finished', 'failed', 'stopped'].includes(event.state))
      end(event.error ? said(event.error.message) : event.state);
  };
  // Time passes only at pauses, and so much that a write is due at each.
  let now = 0;
  let written: Promise<unknown> = Promise.resolve();
  const write = storage.write.bind(storage);
  storage.write = (parts) => {
    const writing = write(parts);
    written = writing.then(() => new Promise((resolve) => setTimeout(resolve)));
    return writing;
  };
  const pause = async () => {
    await written;
    now += 10_000;
  };
  // On a graphics card many steps are read together.
  const readIntervalMs = backend === 'webgpu' ? 1e9 : 0;
  const host = { ...dependencies.host, now: () => now, pause, readIntervalMs };
  const session = new SearchSession({ ...dependencies, ...engine, host }, emit, { storage, environment: () => ({ backend }) });
  let die = () => {};
  const killed = new Promise<void>((resolve) => (die = resolve));
  const kill = () => {
    // The search waits for this write at its next pause, for good.
    storage.write = () => new Promise(() => {});
    session.stop();
    die();
  };
  const sitting = { session, events, storage, ended, kill, killed };
  return sitting;
}

const stepOf = (event: WireEvent) => (event.kind === 'step' ? event.step : -1);
/** The target moves after the last step before the channel search, so that it is taken in between two phases. */
const moving = (event: WireEvent, { session }: Sitting) => {
  if (stepOf(event) === 5) session.control({ revision: 1, targets: { flashBytes: 30_000, latencyMs: 5 } });
  if (stepOf(event) === 12) session.control({ revision: 2, targets: { flashBytes: 60_000, latencyMs: 10 } });
  if (stepOf(event) === 14) session.control({ revision: 3, targets: { flashBytes: 12_000, latencyMs: 3 } });
};

async function runFile({ session }: Sitting) {
  return readRunFile([...(await session.export('run', { backend: 'wasm' }))].join(''));
}

/** What a page would draw. */
function drawn(events: readonly WireEvent[]) {
  const curves = new Curves(['flashBytes'], new Map([['stack1', ['a', 'b']]]));
  curves.addAll(events.filter((event): event is SearchEvent => event.kind !== 'state' && event.kind !== 'kept'));
  const { training, validation, costs, channels, phaseMarks, easings, targetMoves } = curves;
  const all = [training.loss, training.quality, validation.loss, ...costs.values(), ...channels.values()];
  // When they were is told, and differs from sitting to sitting.
  expect(targetMoves.every(({ at }) => at !== null)).toBe(true);
  const moves = targetMoves.map(({ step, metric, target }) => ({ step, metric, target }));
  return { rows: all.map((curve) => [curve.rows(), curve.plannedEnd]), phaseMarks, easings, moves };
}

async function uninterrupted() {
  const whole = sit(moving);
  await whole.session.start(config, limits, false);
  expect(await whole.ended).toBe('finished');
  const file = await runFile(whole);
  await whole.session.reset();
  return { file, curves: drawn(whole.events) };
}

describe('a kept run', () => {
  it('that is cut off in any phase goes on number for number, with its curves', async () => {
    const expected = await uninterrupted();
    expect(expected.file.series['target/flashBytes']?.value.at(-1)).toBe(12_000);
    for (const cut of [3, 15]) {
      await forgetAll();
      const first = sit((event, sitting) => {
        moving(event, sitting);
        if (stepOf(event) === cut) sitting.kill();
      });
      await first.session.start(config, limits, false);
      await first.killed;
      const second = sit(moving);
      const [id = ''] = await (await second.storage.database()).getAllKeys('summaries');
      const { record, summary } = (await second.storage.read(id)) ?? {};
      expect(summary).toMatchObject({ state: 'underWay', step: cut - 1, steps: 24 });
      expect(await second.session.goOn(id)).toBe(id);
      expect(await second.ended).toBe('finished');
      expect(lasting(await runFile(second))).toEqual(lasting(expected.file));
      const before = [...retold(record?.told ?? [], new RunRecorder(record?.recorder).curves())];
      const told = drawn([...before, ...second.events]);
      expect(told).toEqual(expected.curves);
      await second.session.reset();
    }
  });

  it('is one page’s alone, stays finished whatever stops after its result, and goes on as another run then', async () => {
    const locks = sharedLocks();
    const short = { ...config, method: 'supernet' };
    const first = sit(undefined, 'wasm', locks);
    await first.session.start(short, limits, false);
    expect(await first.ended).toBe('finished');
    const [id = ''] = await (await first.storage.database()).getAllKeys('summaries');
    const second = sit(undefined, 'wasm', locks);
    await expect(second.session.goOn(id)).rejects.toThrow('This run is open in another tab.');
    const atRest = async () => {
      while (first.session.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    };
    first.session.compare(1);
    first.session.stop();
    await atRest();
    expect(first.events.at(-1)).toMatchObject({ kind: 'state', state: 'finished', cut: true });
    expect((await first.storage.read(id))?.summary.state).toBe('finished');
    first.session.compare(1);
    await atRest();
    const { result } = await runFile(first);
    expect(result?.comparison).toHaveLength(4);
    await first.session.reset();
    const copy = await second.session.goOn(id);
    expect(copy).not.toBe(id);
    expect(await second.ended).toBe('finished');
    expect((await runFile(second)).result).toMatchObject({ quality: result?.quality, network: result?.network });
    expect(await second.storage.read(id)).toMatchObject({ record: { result: { comparison: result?.comparison } } });
    await second.session.reset();
    expect(await locks.held()).toEqual(new Set());
  });

  it('is taken along with its weights, and stays as it came where it is loaded', async () => {
    const first = sit(moving);
    await first.session.start({ ...config, method: 'supernet' }, limits, false);
    expect(await first.ended).toBe('finished');
    const file = await runFile(first);
    const network = async ({ session }: Sitting) => [...(await session.export('network', { backend: 'wasm' }))].join('');
    const weights = await network(first);
    await first.session.reset();
    const [id = ''] = await (await first.storage.database()).getAllKeys('summaries');
    const stored = await first.storage.read(id);
    if (!stored) throw new Error('The run is not kept.');
    const zip = await takeAlong(
      (async function* () {
        yield await Promise.resolve({ file: runFileOf(stored), label: unlabelled(id), started: 1, checkpoint: stored.checkpoint });
      })(),
    );
    await forgetAll();
    const second = sit();
    const slice = async (from: number, to: number) => new Uint8Array(await zip.slice(from, to).arrayBuffer());
    expect(await importRuns([{ path: 'runs.zip', size: zip.size, slice }], second.storage)).toEqual({ taken: 1, problems: [] });
    const [came = ''] = await (await second.storage.database()).getAllKeys('summaries');
    const before = await second.storage.read(came);
    const copy = await second.session.goOn(came);
    expect(await second.ended).toBe('finished');
    expect(copy).not.toBe(came);
    expect(lasting(await runFile(second))).toEqual(lasting(file));
    expect(await network(second)).toBe(weights);
    // Nothing is trained again, and another derivation goes on under the targets that were in force last.
    expect(second.events.some((event) => event.kind === 'step')).toBe(false);
    second.session.derive();
    while (second.session.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    const again = await runFile(second);
    expect(again.result?.constraints).toEqual(file.result?.constraints);
    expect(await second.storage.read(came)).toEqual(before);
    await second.session.reset();
  });

  it('on a graphics card, where values are read together, is captured where all are known', async () => {
    const expected = await uninterrupted();
    await forgetAll();
    const first = sit((event, sitting) => {
      moving(event, sitting);
      if (stepOf(event) === 15) sitting.kill();
    }, 'webgpu');
    await first.session.start(config, limits, false);
    await first.killed;
    const second = sit(moving, 'webgpu');
    const [id = ''] = await (await second.storage.database()).getAllKeys('summaries');
    expect((await second.storage.read(id))?.summary.step).toBeGreaterThanOrEqual(12);
    await second.session.goOn(id);
    expect(await second.ended).toBe('finished');
    expect(lasting(await runFile(second))).toEqual(lasting(expected.file));
    await second.session.reset();
  });

  it('stays as it was written last when its graphics device is lost', async () => {
    const lost = new WorkbenchError('device-lost', 'The graphics device was lost.');
    let left = 7;
    const createStep: Engine['createStep'] = async (...options) => {
      const step = await dependencies.createStep(...options);
      const run: typeof step.run = (...given) => {
        if ((left -= 1) === 0) throw lost;
        return step.run(...given);
      };
      return { ...step, run };
    };
    const sitting = sit(undefined, 'webgpu', sharedLocks(), { createStep });
    await sitting.session.start(config, limits, false);
    expect(await sitting.ended).toBe(lost.message);
    const [id = ''] = await (await sitting.storage.database()).getAllKeys('summaries');
    await sitting.session.reset();
    expect((await sitting.storage.read(id))?.summary).toMatchObject({ state: 'underWay', backend: 'webgpu' });
    await sitting.session.goOn(id);
    while (sitting.session.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sitting.session.state).toBe('finished');
    await sitting.session.reset();
  });

  it('says which examples it needs where others are loaded, and which backend', async () => {
    const sitting = sit((event, { session }) => stepOf(event) === 2 && session.stop());
    await sitting.session.start(config, limits, false);
    await sitting.ended;
    await sitting.session.reset();
    const { id } = sitting.events.find((event) => event.kind === 'kept') ?? { id: '' };
    const others = () => shapeDataset(8, 4);
    await expect(findKept(sitting.storage, id, 'wasm', others)).rejects.toThrow(
      'other built-in examples than “Built-in shapes”, 20 for training',
    );
    await expect(findKept(sitting.storage, id, 'cpu', others)).rejects.toThrow('goes on only on the backend wasm. Choose it under Backend');
    // A run that was refused is let go of.
    (await findKept(sitting.storage, id, 'wasm', () => shapeDataset(20, 10))).release();
  });
});

/** An engine whose loss is no number from a step of the run on, unless the weights' rate is lower than this. */
function diverging(from: number, rate: number): Partial<Engine> {
  let steps = 0;
  return {
    createStep: async (...options) => {
      const step = await dependencies.createStep(...options);
      const run: typeof step.run = (batch, controls, observe) => {
        const { metrics } = step.run(batch, controls, observe);
        steps += 1;
        if (steps < from || controls.weightRate < rate) return { metrics };
        const size = metrics.size;
        metrics.dispose();
        return { metrics: tidy(() => fill([size], NaN)) };
      };
      return { ...step, run };
    },
  };
}

describe('a kept run whose loss becomes no number', () => {
  it('goes back to its last good epoch with a gentler rate, and says so in its file', async () => {
    const locks = sharedLocks();
    const { weightRate } = config;
    // The second step of the second epoch of the search over candidates.
    const failed = sit(undefined, 'wasm', locks, diverging(10, weightRate));
    await failed.session.start(config, limits, false);
    expect(await failed.ended).toMatch(/^The training loss became infinite or not a number in search, epoch 2, step 2\. /);
    const state = failed.events.findLast((event) => event.kind === 'state');
    const kept = failed.events.findLast((event) => event.kind === 'kept');
    if (state?.kind !== 'state' || kept?.kind !== 'kept') throw new Error('nothing was told');
    expect(kept).toMatchObject({ whole: true, goodStep: 8 });
    const before = await runFile(failed);
    await failed.session.reset();
    // A list that opens it later offers the same as the page where it failed.
    const { record } = (await failed.storage.read(kept.id)) ?? {};
    expect(record).toMatchObject({ goodStep: 8, easings: easings(config, state.error?.details ?? {}) });
    setLanguage('zh-CN', messages);
    expect(said(record?.error ?? '')).toMatch(/^在搜索阶段第 2 轮第 2 步，训练损失变为无穷大或非数值。原因不确定；最常见的是学习率过高。/);
    setLanguage('en', null);
    const [easing] = record?.easings ?? [];
    expect(easing).toMatchObject({ setting: 'weightRate', was: weightRate });

    const eased = sit(undefined, 'wasm', locks, diverging(1, weightRate));
    await eased.session.goOn(kept.id, easing);
    expect(await eased.ended).toBe('finished');
    const after = await runFile(eased);
    expect(after.easings).toEqual([{ ...easing, step: 8 }]);
    expect(after.config.weightRate).toBe(easing?.now);
    const losses = after.series.trainLoss;
    // 4 steps of warm-up, 8 of each search, 4 of fine-tuning: each once.
    expect(losses?.step).toEqual(Array.from({ length: 24 }, (_, step) => step + 1));
    expect(losses?.value.slice(0, 8)).toEqual(before.series.trainLoss?.value.slice(0, 8));
    expect(losses?.value[8]).toBe(before.series.trainLoss?.value[8]);
    const stored = await eased.storage.read(kept.id);
    expect(stored?.record.told.filter(({ kind }) => kind === 'eased')).toHaveLength(1);
    expect(stored?.record.easings).toEqual([]);
    await eased.session.reset();
  });
});
