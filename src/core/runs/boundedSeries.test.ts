import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { BoundedSeries, MOST_POINTS } from './boundedSeries';

/** A series of the function's values at steps 1 to `count`. */
function seriesOf(count: number, value: (step: number) => number) {
  const series = new BoundedSeries();
  for (let step = 1; step <= count; step++) series.add(step, value(step));
  return series.points();
}

describe('a series', () => {
  it('is kept whole as long as it is short', () => {
    const { step, value } = seriesOf(MOST_POINTS, (at) => at % 7);
    expect(step).toEqual(Array.from({ length: MOST_POINTS }, (_, index) => index + 1));
    expect(value).toEqual(step.map((at) => at % 7));
    expect(seriesOf(3, () => 5)).toEqual({ step: [1, 2, 3], value: [5, 5, 5] });
    expect(new BoundedSeries().points()).toEqual({ step: [], value: [] });
  });

  it('of any length keeps within its bound, with both ends and the extremes near and far', () => {
    const random = createRandom(1, 'series');
    const noise = Array.from({ length: 300_000 }, () => random.uniform());
    const spikes = new Map([
      [2, -9],
      [123_456, 1e6],
      [123_457, -1e6],
      [299_999, 77],
    ]);
    const at = (step: number) => spikes.get(step) ?? (noise[step - 1] as number);
    const { step, value } = seriesOf(noise.length, at);
    expect(step.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(step.length).toBeGreaterThan(MOST_POINTS / 8);
    expect([step[0], step.at(-1)]).toEqual([1, noise.length]);
    expect(value).toEqual(step.map(at));
    expect(step).toEqual([...new Set(step)].toSorted((a, b) => a - b));
    for (const spike of spikes.keys()) expect(step).toContain(spike);
    // The extremes hold everywhere, not only in the whole: check each thousandth of the run.
    const width = noise.length / 1000;
    for (let from = 1; from < noise.length; from += 50 * width) {
      const within = step.flatMap((kept, index) => (kept >= from && kept < from + 2 * width ? [value[index] as number] : []));
      const all = noise.slice(from + width / 2, from + 1.5 * width);
      expect(Math.min(...within)).toBeLessThanOrEqual(Math.min(...all));
      expect(Math.max(...within)).toBeGreaterThanOrEqual(Math.max(...all));
    }
  });

  it('needs few points where nothing changes', () => {
    const { step, value } = seriesOf(100_000, (at) => (at < 40_000 ? 3 : 4));
    expect(step.length).toBeLessThan(20);
    expect(step).toEqual(expect.arrayContaining([1, 39_999, 40_000, 100_000]));
    expect(value).toEqual(step.map((at) => (at < 40_000 ? 3 : 4)));
  });

  it('takes points at the same step', () => {
    const series = new BoundedSeries();
    for (let index = 0; index < 3 * MOST_POINTS; index++) series.add(5, index);
    expect(series.points().value).toEqual(expect.arrayContaining([0, 3 * MOST_POINTS - 1]));
    expect(series.points().step.length).toBeLessThanOrEqual(MOST_POINTS);
  });

  it('goes on from its state as if it had never stopped, whole or thinned', () => {
    const value = (step: number) => Math.sin(step * step);
    for (const steps of [100, 3 * MOST_POINTS]) {
      const alone = new BoundedSeries();
      for (let step = 0; step < steps; step++) alone.add(step, value(step));
      const state = alone.state();
      const resumed = new BoundedSeries(state);
      expect(new BoundedSeries(state).points()).toEqual(alone.points());
      for (let step = steps; step < 2 * steps; step++) for (const series of [alone, resumed]) series.add(step, value(step));
      expect(resumed.points()).toEqual(alone.points());
    }
  });
});
