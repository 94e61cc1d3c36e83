import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { hypervolume, pointOf, withPoint } from './hypervolume';

describe('the hypervolume', () => {
  it.each([
    ['nothing', [], 0],
    ['one number', [[0.3], [0.7]], 0.7],
    ['one point', [[0.5, 0.4]], 0.2],
    // 0.2 · 0.9 + (0.6 - 0.2) · 0.5
    [
      'two points',
      [
        [0.2, 0.9],
        [0.6, 0.5],
      ],
      0.38,
    ],
    [
      'a point behind another',
      [
        [0.6, 0.5],
        [0.5, 0.5],
      ],
      0.3,
    ],
    [
      'a point twice',
      [
        [0.6, 0.5],
        [0.6, 0.5],
      ],
      0.3,
    ],
    // Two boxes of 0.5 · 1 · 0.5 and 1 · 0.5 · 0.5, which share 0.5 · 0.5 · 0.5.
    [
      'two boxes',
      [
        [0.5, 1, 0.5],
        [1, 0.5, 0.5],
      ],
      0.375,
    ],
    // Boxes of 1 · 0.5 · 0.25, 0.5 · 1 · 0.5 and 0.25 · 0.25 · 1, less what they share: 0.0625, 0.015625 and 0.03125, plus 0.015625.
    [
      'three boxes',
      [
        [1, 0.5, 0.25],
        [0.5, 1, 0.5],
        [0.25, 0.25, 1],
      ],
      0.34375,
    ],
    [
      'points at the origin’s level or below',
      [
        [0.5, 0, 0.5],
        [0.5, -1, -1],
      ],
      0,
    ],
  ])('of %s is worked out by hand', (_, points, volume) => {
    expect(hypervolume(points)).toBeCloseTo(volume, 12);
  });

  it('is the share of random points that are below one of the points', () => {
    const random = createRandom(1, 'points');
    const point = () => Array.from({ length: 3 }, () => random.uniform());
    const points = Array.from({ length: 6 }, point);
    const draws = 40_000;
    let below = 0;
    for (let draw = 0; draw < draws; draw++) {
      const at = point();
      if (points.some((each) => each.every((value, axis) => value >= (at[axis] as number)))) below++;
    }
    // Four standard errors.
    expect(Math.abs(hypervolume(points) - below / draws)).toBeLessThan(4 * Math.sqrt(0.25 / draws));
    const front = points.reduce<(readonly number[])[]>(withPoint, []);
    expect(front.length).toBeLessThan(points.length);
    expect(hypervolume(front)).toBeCloseTo(hypervolume(points), 12);
  });
});

it('a trial’s point is its quality and what it leaves of the first two targets', () => {
  const metrics = [{ id: 'params' }, { id: 'flashBytes' }, { id: 'latencyMs' }, { id: 'macs' }] as const;
  const costs = { params: 7, flashBytes: 30, latencyMs: 6, macs: 5 };
  const point = pointOf(Math.log(4), costs, { macs: 10, flashBytes: 40, latencyMs: 8 }, metrics);
  expect(point).toHaveLength(3);
  [0.25, 0.25, 0.25].forEach((value, at) => expect(point[at]).toBeCloseTo(value, 12));
  expect(pointOf(0, costs, {}, metrics)).toEqual([1]);
});

it('a front keeps what no other point reaches', () => {
  const points = [
    [1, 2],
    [2, 1],
    [1, 1],
    [2, 2],
    [3, 0],
    [2, 2],
  ];
  expect(points.reduce<(readonly number[])[]>(withPoint, [])).toEqual([
    [2, 2],
    [3, 0],
  ]);
});
