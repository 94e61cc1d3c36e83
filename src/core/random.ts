/**
 * Seeded randomness. The core draws only from a `Random` that is passed to it, never from a global generator, so the same
 * random seed gives the same run.
 */
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { fnv1a } from './hash';

export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-24. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: number }>(items: T): T;
  /** The generator's whole state, to continue the same sequence later with `randomFromState` or `restore`. */
  state(): readonly number[];
  /** Continues from what `state()` returned. */
  restore(state: readonly number[]): void;
}

/** The greatest random seed that people may give. */
export const MOST_SEED = 2 ** 31 - 1;

/**
 * A separate generator for one use of randomness. Drawing more numbers for one use, such as an extra picture, does not
 * change those of another, such as the initial weights.
 *
 * @param seed the run's random seed, an integer
 * @param stream what the numbers are for, such as "weights" or "batches"
 */
export function createRandom(seed: number, stream: string): Random {
  return wrap(xoroshiro128plus(mix(seed, stream)));
}

/** Continues a generator from what its `state()` returned. */
export function randomFromState(state: readonly number[]): Random {
  return wrap(xoroshiro128plusFromState(state));
}

/** A hash of the seed's four bytes and the stream's characters. */
function mix(seed: number, stream: string): number {
  const characters = Array.from(stream, (character) => character.charCodeAt(0));
  return fnv1a(Uint8Array.of(seed, seed >>> 8, seed >>> 16, seed >>> 24, ...characters));
}

function wrap(start: ReturnType<typeof xoroshiro128plus>): Random {
  let generator = start;
  return {
    uniform: () => uniformFloat32(generator),
    integer: (bound) => uniformInt(generator, 0, bound - 1),
    normal() {
      // Box-Muller; only one of the pair is used so that `state` alone describes where the sequence stands.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat32(generator)));
      return radius * Math.cos(2 * Math.PI * uniformFloat32(generator));
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        const kept = items[i] as number;
        items[i] = items[j] as number;
        items[j] = kept;
      }
      return items;
    },
    state: () => generator.getState(),
    restore: (state) => void (generator = xoroshiro128plusFromState(state)),
  };
}
