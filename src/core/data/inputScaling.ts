/** How examples become the input of a network that was trained elsewhere, whose file does not say it. */
import { normalizationOf, scaleOf, type Examples, type Normalization } from './dataset';

/**
 * `normalised`: mean 0 and deviation 1 per channel, as networks learn here. `plain`: pictures from 0 to 1, features of sounds as they
 * are. The others are for pictures: `bytes` from 0 to 255, `centredBytes` from -128 to 127, `centred` from -1 to 1.
 */
export const inputScalings = ['normalised', 'plain', 'bytes', 'centredBytes', 'centred'] as const;
export type InputScaling = (typeof inputScalings)[number];

/** @param examples that normalisation comes from, which are training examples. @param shape of one of them */
export function normalizationFor(scaling: InputScaling, examples: Examples, shape: readonly number[]): Normalization {
  const all = (value: number) => Array.from({ length: shape.at(-1) as number }, () => value);
  switch (scaling) {
    case 'normalised':
      return normalizationOf(examples, shape);
    case 'plain':
      return { mean: all(0), deviation: all(1) };
    case 'bytes':
      return { mean: all(0), deviation: all(1 / 255) };
    case 'centredBytes':
      return { mean: all(128 / 255), deviation: all(1 / 255) };
    case 'centred':
      return { mean: all(0.5), deviation: all(0.5) };
  }
}

/** The scaling under which examples fill a range best: an int8 input's range was chosen to hold its inputs. */
export function likeliestScaling(range: Range, examples: Examples, shape: readonly number[]): InputScaling {
  const offered = examples.values instanceof Uint8Array ? inputScalings : (['normalised', 'plain'] as const);
  const ranges = channelRanges(examples, shape.at(-1) as number);
  const misfits = offered.map((scaling) => {
    const { mean, deviation } = normalizationFor(scaling, examples, shape);
    const scaled = (value: number, channel: number) => (value - (mean[channel] as number)) / (deviation[channel] as number);
    const low = Math.min(...ranges.map((of, channel) => scaled(of.low, channel)));
    const high = Math.max(...ranges.map((of, channel) => scaled(of.high, channel)));
    const misfit = (Math.abs(range.low - low) + Math.abs(range.high - high)) / Math.max(range.high - range.low, high - low);
    return { scaling, misfit };
  });
  return misfits.reduce((best, next) => (next.misfit < best.misfit ? next : best)).scaling;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The least and the greatest value of each channel, where bytes stand for 0 to 1. */
function channelRanges(examples: Examples, channels: number): Range[] {
  const scale = scaleOf(examples);
  const lows = new Float64Array(channels).fill(Infinity);
  const highs = new Float64Array(channels).fill(-Infinity);
  examples.values.forEach((value: number, index: number) => {
    const channel = index % channels;
    if (value < (lows[channel] as number)) lows[channel] = value;
    if (value > (highs[channel] as number)) highs[channel] = value;
  });
  return Array.from(lows, (low, channel) => ({ low: low / scale, high: (highs[channel] as number) / scale }));
}
