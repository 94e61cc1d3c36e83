/** Random choices that all generators make. */
import type { Random } from '../../random';

/** A source of white noise with mean 0 and deviation 1. */
export type Noise = () => number;

export const between = (random: Random, least: number, most: number) => least + (most - least) * random.uniform();

/** Between -1 and 1. */
export const eitherWay = (random: Random) => between(random, -1, 1);

export const oneOf = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)] as T;

export const mixed = (from: number, to: number, share: number) => from + (to - from) * share;

/**
 * Uniform white noise, for the millions of numbers of a sound or a large picture, because it takes a
 * seventh of the time of `random.normal()`. Source: Marsaglia, "Xorshift RNGs", 2003, the generator with 32 bits and shifts 13, 17, 5.
 */
export function whiteNoise(random: Random): Noise {
  let state = 1 + random.integer(0x7fffffff);
  // A uniform number between -a and a has the deviation a / sqrt(3).
  const scale = Math.sqrt(3) / 2 ** 31;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state * scale;
  };
}
