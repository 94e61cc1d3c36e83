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
export function likeliestScaling(
  range: { readonly low: number; readonly high: number },
  examples: Examples,
  shape: readonly number[],
): InputScaling {
  const offered = examples.values instanceof Uint8Array ? inputScalings : (['normalised', 'plain'] as const);
  const misfit = (scaling: InputScaling) => {
    const { low, high } = valueRange(examples, normalizationFor(scaling, examples, shape));
    return (Math.abs(range.low - low) + Math.abs(range.high - high)) / Math.max(range.high - range.low, high - low);
  };
  return offered.map((scaling) => ({ scaling, misfit: misfit(scaling) })).reduce((best, next) => (next.misfit < best.misfit ? next : best))
    .scaling;
}

function valueRange(examples: Examples, { mean, deviation }: Normalization): { low: number; high: number } {
  const scale = scaleOf(examples);
  const channels = mean.length;
  let [low, high] = [Infinity, -Infinity];
  examples.values.forEach((value: number, index: number) => {
    const channel = index % channels;
    const scaled = (value / scale - (mean[channel] as number)) / (deviation[channel] as number);
    low = Math.min(low, scaled);
    high = Math.max(high, scaled);
  });
  return { low, high };
}
