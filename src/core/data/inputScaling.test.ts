import { expect, it } from 'vitest';
import { likeliestScaling, normalizationFor } from './inputScaling';

const values = Uint8Array.from({ length: 256 * 2 }, (_, index) => index >> 1);
const pictures = { count: 1, values, labels: Uint8Array.of(0) };
const shape = [16, 16, 2];

it.each([
  ['plain', { low: 0, high: 1 }],
  ['bytes', { low: 0, high: 255 }],
  ['centredBytes', { low: -128, high: 127 }],
  ['centred', { low: -1, high: 1 }],
  ['normalised', { low: -1.7, high: 1.7 }],
] as const)('finds %s by the range of the input, and scales to it', (scaling, range) => {
  // Ranges in files are a little wider or narrower than the values.
  expect(likeliestScaling({ low: range.low * 1.02, high: range.high * 1.02 }, pictures, shape)).toBe(scaling);
  const { mean, deviation } = normalizationFor(scaling, pictures, shape);
  expect((0 - (mean[1] as number)) / (deviation[1] as number)).toBeCloseTo(range.low, 1);
  expect((1 - (mean[1] as number)) / (deviation[1] as number)).toBeCloseTo(range.high, 1);
});

it('takes features of sounds normalised or as they are', () => {
  const sounds = { ...pictures, values: Float32Array.from(values, (value) => value - 200) };
  for (const scaling of ['normalised', 'plain'] as const) {
    const { mean, deviation } = normalizationFor(scaling, sounds, shape);
    const [low, high] = [(-200 - (mean[0] as number)) / (deviation[0] as number), (55 - (mean[0] as number)) / (deviation[0] as number)];
    expect(likeliestScaling({ low, high }, sounds, shape)).toBe(scaling);
  }
});
