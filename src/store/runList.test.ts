import { describe, expect, it } from 'vitest';
import { manyRuns } from '../../tests/support/keptSummaries';
import { unlabelled, type ListedRun } from '../keep/keptRun';
import { listed, named, noFilter, statusOf, type Order } from './runList';

const strategies = [{ id: 'pit', label: 'Channels', searches: ['channels'], gradients: true, options: [] }] as const;
const runs = manyRuns(1000).map((run) => named(run, strategies));

describe('the list of kept runs', () => {
  it('finds by words, task, method, device, state and star', () => {
    const found = (filter: Partial<typeof noFilter>) => listed(runs, { ...noFilter, ...filter }, 'newest');
    expect(found({ text: 'zürich  BOARD' }).map(({ id }) => id)).toEqual(['run-123']);
    expect(found({ text: 'channels stm32' }).every(({ method, device }) => method === 'pit' && device === 'stm32l4r5')).toBe(true);
    expect(found({ text: 'channels stm32' })).toHaveLength(250);
    expect(found({ task: 'kws', status: 'failed', starred: false }).every(({ task, state }) => task === 'kws' && state === 'failed')).toBe(
      true,
    );
    expect(found({ status: 'running' }).map(({ id }) => id)).toEqual(['run-4']);
    expect(found({ status: 'interrupted' })).toHaveLength(199);
    expect(found({ starred: true })).toHaveLength(100);
    expect(found({ text: 'nothing like it' })).toEqual([]);
  });

  it('orders by time, name, quality within a task, and cost, with unknown values last', () => {
    const ordered = (order: Order) => listed(runs, { ...noFilter, task: 'ic' }, order);
    expect(ordered('newest')[0]?.id).toBe('run-999');
    expect(ordered('oldest')[0]?.id).toBe('run-0');
    expect(ordered('name')[1]?.name).toBe('Image classification, seed 3');
    const qualities = ordered('quality').map(({ quality }) => quality);
    expect(qualities.slice(0, 3)).toEqual([0.99, 0.99, 0.99]);
    expect(qualities.at(-1)).toBeNull();
    const costs = ordered('flashBytes').map(({ costs: all }) => all?.flashBytes as number);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  });

  it('tells a run under way from an interrupted one by whether a page holds it', () => {
    expect(statusOf({ state: 'underWay', held: true })).toBe('running');
    expect(statusOf({ state: 'underWay', held: false })).toBe('interrupted');
    expect(statusOf({ state: 'finished', held: true })).toBe('finished');
  });

  it('names runs of tasks and devices that this version does not have', () => {
    const [run] = manyRuns(1);
    expect(named({ ...(run as NonNullable<typeof run>), task: 'other', device: 'gone' }, [])).toMatchObject({
      taskTitle: 'other',
      deviceName: 'gone',
    });
  });

  it('tells runs of one name apart by their numbers', () => {
    const [run] = manyRuns(1);
    const nameOf = (label: Partial<ListedRun['label']>) =>
      named({ ...(run as NonNullable<typeof run>), label: { ...unlabelled('run-0'), ...label } }, []).name;
    expect(nameOf({})).toBe('Image classification, seed 0');
    expect(nameOf({ number: 1 })).toBe('Image classification, seed 0');
    expect(nameOf({ number: 2 })).toBe('Image classification, seed 0 (2)');
    expect(nameOf({ name: 'mine', number: 3 })).toBe('mine (3)');
  });

  it('takes less than 50 ms for a thousand runs', () => {
    const many = manyRuns(1000);
    // Others use the machine too, so the quickest of some tries tells what it takes.
    const times = Array.from({ length: 5 }, () => {
      const before = performance.now();
      listed(
        many.map((run) => named(run, strategies)),
        { ...noFilter, text: 'image gap8' },
        'quality',
      );
      return performance.now() - before;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
