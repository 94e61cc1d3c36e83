/** A short search of every task, through the session that the worker uses. */
import { beforeAll, expect, it } from 'vitest';
import { tasks } from '../../src/core/tasks/index';
import type { WireEvent } from '../../src/protocol/protocol';
import { SearchSession } from '../../src/session/searchSession';
import { useBackend } from '../support/backends';
import { dependencies, smallConfig } from '../support/search';

beforeAll(() => useBackend('wasm'));

/** The full Tiny ImageNet takes seconds a step; its demo has the same code. */
const quick = tasks.filter(({ id }) => id !== 'tin');

it.each(quick.map((task) => [task.id, task] as const))('%s is searched with the fused step, and meets its targets', async (id, task) => {
  const events: WireEvent[] = [];
  let ended = () => {};
  const end = new Promise<void>((resolve) => (ended = resolve));
  const session = new SearchSession(dependencies, (event) => {
    events.push(event);
    if (event.kind === 'state' && ['finished', 'failed', 'stopped'].includes(event.state)) ended();
  });
  const { seedCosts } = session.describeSpace(id, 'gap8', 'pit', 'any');
  const targets = { flashBytes: 0.6 * (seedCosts.flashBytes as number), latencyMs: 0.8 * (seedCosts.latencyMs as number) };
  const config = { ...smallConfig, ...task.presets.quick, task: id, method: 'pit', targets, epochs: { warmup: 1, search: 1, finetune: 1 } };
  // Recordings of machines hold 60 examples each.
  const limits = id === 'ad' ? { trainCount: 16 * 60, testCount: 8 * 60 } : { trainCount: 96, testCount: 24 };
  await session.start({ ...config, batchSize: 16, seedNetwork: false }, limits, false);
  await end;
  expect(events.find((event) => event.kind === 'state' && event.error !== undefined)).toBeUndefined();
  const phases = events.flatMap((event) => (event.kind === 'phase' ? [event.implementation] : []));
  expect(phases.length).toBeGreaterThan(2);
  for (const implementation of phases) expect(implementation).toMatch(/^fused on /);
  const result = events.find((event) => event.kind === 'result')?.result;
  expect(result?.constraints.map(({ met }) => met)).toEqual([true, true]);
  expect(result?.quality.id).toBe(task.quality.id);
  expect(result?.quality.final).toBeGreaterThan(0);
  await session.reset();
});
