import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { register, requestDraw, setVisible } from './redraw';

/** Milliseconds that a draw takes, and between two frames. */
const DRAW = 100;
const FRAME = 16;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (frame: (now: number) => void) => setTimeout(() => frame(performance.now()), FRAME));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Runs charts that always have something new, all of which begin at once. @returns when each draws, in milliseconds */
function drawing(visible: readonly boolean[], forMs: number): number[][] {
  const began = performance.now();
  const ends = visible.map((seen) => {
    const times: number[] = [];
    const chart = {
      draw: () => {
        times.push(performance.now() - began);
        vi.setSystemTime(Date.now() + DRAW);
        vi.advanceTimersByTime(DRAW);
        requestDraw(chart);
      },
    };
    const end = register(chart);
    setVisible(chart, seen);
    requestDraw(chart);
    return { times, end };
  });
  vi.advanceTimersByTime(forMs);
  ends.forEach(({ end }) => end());
  return ends.map(({ times }) => times);
}

it('draws what is seen often from the start, and what is not seen in its turn', () => {
  const [seen = [], ...others] = drawing([true, ...Array.from({ length: 10 }, () => false)], 20_000);
  expect(seen[0]).toBeLessThan(100);
  expect(seen[1]).toBeLessThan(1000);
  for (const times of others) {
    expect(times.length).toBeGreaterThan(1);
    expect(times.length).toBeLessThan(seen.length);
  }
});
