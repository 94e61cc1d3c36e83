import { expect, it } from 'vitest';
import { Curve } from './curve';

/** A curve that goes from 0 to 1 over this many steps, with a second column that begins halfway. */
function ramp(steps: number): Curve {
  const curve = new Curve(['ramp', 'late']);
  for (let step = 1; step <= steps; step++) curve.append(step, [step / steps, step <= steps / 2 ? NaN : 2]);
  return curve;
}

it('keeps and draws a bounded number of rows of 50,000 steps, whose means and ends stay true', () => {
  const curve = ramp(50_000);
  expect(curve.kept().length).toBeLessThanOrEqual(4096);
  const rows = curve.rows();
  expect(rows.length).toBeGreaterThan(90);
  expect(rows.length).toBeLessThanOrEqual(192);
  expect(rows.at(-1)?.step).toBe(50_000);
  expect(curve.firstStep).toBe(1);
  for (const { step, values } of rows) expect(Math.abs((values[0] as number) - step / 50_000)).toBeLessThan(0.01);
  expect(rows.map(({ values }) => values[1]).filter((value) => value !== 2 && !Number.isNaN(value))).toEqual([]);
});

it('shows more of a part of 50,000 steps than of their whole', () => {
  const rows = ramp(50_000).rows({ from: 30_000, to: 30_400 });
  expect(rows.length).toBeGreaterThan(20);
  expect(rows[0]?.step).toBeLessThan(30_000);
  expect(rows.at(-1)?.step).toBeGreaterThan(30_400);
});

it('gives every row of a short curve, and the nearest ones of a part without any', () => {
  expect(ramp(90).rows()).toHaveLength(90);
  const curve = new Curve(['value']);
  for (const step of [10, 20, 30]) curve.append(step, [step]);
  const steps = (from: number, to: number) => curve.rows({ from, to }).map(({ step }) => step);
  expect(steps(12, 14)).toEqual([10, 20]);
  expect(steps(31, 40)).toEqual([30]);
});

it('draws the same rows again after more came, but for the newest', () => {
  const [before, after] = [ramp(1000).rows(), ramp(1040).rows()];
  expect(after.slice(0, 120).map(({ step }) => step)).toEqual(before.slice(0, 120).map(({ step }) => step));
});
