import { expect } from 'vitest';
import { said } from '../../src/core/language/told';
import type { Task } from '../../src/core/tasks/index';
import type { WireEvent } from '../../src/protocol/protocol';
import { SearchSession } from '../../src/session/searchSession';
import { dependencies, smallConfig } from './search';

/** Tasks whose networks take long to search on two cores. */
export const large: readonly string[] = ['vww', 'tin', 'tin-demo'];

/** Searches the channels of a task's seed network for three short epochs, and expects fused steps and targets that are met. */
export async function expectTaskSearched(task: Task): Promise<void> {
  const { id } = task;
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
  const phases = events.flatMap((event) => (event.kind === 'phase' ? [said(event.implementation)] : []));
  expect(phases.length).toBeGreaterThan(2);
  for (const implementation of phases) expect(implementation).toMatch(/^fused on /);
  const result = events.find((event) => event.kind === 'result')?.result;
  expect(result?.constraints.map(({ met }) => met)).toEqual([true, true]);
  expect(result?.quality.id).toBe(task.quality.id);
  expect(result?.quality.final).toBeGreaterThan(0);
  await session.reset();
}
