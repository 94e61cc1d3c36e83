/** Pieces that synthetic sounds are made of. */
import type { Random } from '../../random';
import { whiteNoise } from './chance';

export const SAMPLE_RATE = 16_000;

/**
 * A resonance: a band-pass of two poles with gain 1 at 0 Hz, as it shapes a voice. Source: Klatt, "Software for a cascade/parallel
 * formant synthesizer", 1980, equations 1 and 2.
 */
export class Resonator {
  #a = 0;
  #b = 0;
  #c = 0;
  #last = 0;
  #before = 0;

  /** @param centre Hz @param width bandwidth in Hz */
  constructor(centre: number, width: number) {
    this.tune(centre, width);
  }

  /** Changes the centre and the bandwidth while it sounds. */
  tune(centre: number, width: number): void {
    const radius = Math.exp((-Math.PI * width) / SAMPLE_RATE);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos((2 * Math.PI * centre) / SAMPLE_RATE);
    this.#a = 1 - this.#b - this.#c;
  }

  next(input: number): number {
    const output = this.#a * input + this.#b * this.#last + this.#c * this.#before;
    this.#before = this.#last;
    this.#last = output;
    return output;
  }

  /** As `next`, with nothing left at 0 Hz: a band around the centre. */
  band(input: number): number {
    const before = this.#before;
    return this.next(input) - before;
  }

  /** The deviation of the band of white noise of deviation 1. Source: variance and correlations of an autoregression of order 2. */
  get bandDeviation(): number {
    const [b, c] = [this.#b, this.#c];
    const variance = (this.#a ** 2 * (1 - c)) / ((1 + c) * ((1 - c) ** 2 - b * b));
    return Math.sqrt(2 * variance * (1 - (b * b) / (1 - c) - c));
  }
}

/** Noise of deviation 1 with less energy at high frequencies: white for `colour` 0, towards brown for `colour` near 1. */
export function colouredNoise(length: number, colour: number, random: Random): Float32Array {
  const white = whiteNoise(random);
  const scale = Math.sqrt(1 - colour * colour);
  const samples = new Float32Array(length);
  let last = 0;
  for (let at = 0; at < length; at++) {
    last = colour * last + scale * white();
    samples[at] = last;
  }
  return samples;
}

/** Root mean square. */
export function level(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += (samples[at] as number) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}
