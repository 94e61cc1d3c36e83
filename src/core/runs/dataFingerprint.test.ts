import { expect, it } from 'vitest';
import { shapeDataset } from '../data/shapes';
import { dataFingerprint } from './dataFingerprint';

it('is the same for the same examples, and another one for another example, class or split', () => {
  const { train, test } = shapeDataset(6, 4);
  const fingerprint = dataFingerprint({ train, test });
  expect(fingerprint).toMatch(/^[\da-f]{32}$/);
  expect(dataFingerprint(shapeDataset(6, 4))).toBe(fingerprint);
  const others = [
    { train, test: train },
    { train: test, test: train },
    { train: { ...train, values: Uint8Array.from(train.values, (value, index) => (index === 0 ? value ^ 1 : value)) }, test },
    { train, test: { ...test, labels: test.labels.map((label, index) => (index === 3 ? label + 1 : label)) } },
  ].map(dataFingerprint);
  expect(new Set([fingerprint, ...others]).size).toBe(5);
});
