import type { Examples } from './dataset';
import { describe, expect, it } from 'vitest';
import { shapeDataset, shapeNames } from './shapes';

describe('the built-in pictures', () => {
  it('are the same for the same seed, and a longer set starts with the shorter one', () => {
    const [a, b, other] = [shapeDataset(40, 10), shapeDataset(60, 10), shapeDataset(40, 10, 2)];
    expect(b.train.values.subarray(0, a.train.values.length)).toEqual(a.train.values);
    expect(b.train.labels.subarray(0, 40)).toEqual(a.train.labels);
    expect(b.test.values).toEqual(a.test.values);
    expect(other.train.values).not.toEqual(a.train.values);
  });

  it('never show a training picture in the test set', () => {
    const { train, test } = shapeDataset(200, 50);
    const keys = (values: Examples['values']) =>
      Array.from({ length: values.length / 3072 }, (_, i) => values.subarray(i * 3072, i * 3072 + 64).join());
    const seen = new Set(keys(train.values));
    expect(keys(test.values).filter((key) => seen.has(key))).toEqual([]);
  });

  it('come in ten classes of about equal number', () => {
    const { train } = shapeDataset(2000, 0);
    const counts = shapeNames.map((_, label) => train.labels.filter((value) => value === label).length);
    expect(counts).toHaveLength(10);
    for (const count of counts) expect(count).toBeGreaterThan(150);
  });

  it('do not give the class away by mean colour or brightness', () => {
    const { train } = shapeDataset(2000, 0);
    const means = shapeNames.map((_, label) => {
      let sum = 0;
      let count = 0;
      train.labels.forEach((value, index) => {
        if (value !== label) return;
        for (let i = 0; i < 3072; i++) sum += train.values[index * 3072 + i] as number;
        count += 3072;
      });
      return sum / count / 255;
    });
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.06);
  });
});
