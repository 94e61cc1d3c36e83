/** Short-time spectra: frames of samples, weighted by a window and transformed. */
import FFT from 'fft.js';

/** A periodic Hann window of this length: 0.5 - 0.5 cos(2πn / length). */
export function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length));
}

/** The power |X|² of the frequencies of a frame, from 0 to half the sampling rate; it keeps its buffers from frame to frame. */
export class PowerSpectrum {
  readonly #fft: FFT;
  readonly #frame: Float64Array;
  readonly #complex: Float64Array;
  readonly #power: Float64Array;

  /**
   * @param size of the transform, a power of two
   * @param window weights of the samples, at most `size`
   * @param at where in the transform the window starts; zeros surround it
   */
  constructor(
    size: number,
    private readonly window: Float64Array,
    private readonly at: number,
  ) {
    this.#fft = new FFT(size);
    this.#frame = new Float64Array(size);
    this.#complex = new Float64Array(2 * size);
    this.#power = new Float64Array(size / 2 + 1);
  }

  /**
   * @param from the sample that the window's first weight takes; samples outside the clip count as 0
   * @returns `size / 2 + 1` values that the next call overwrites
   */
  of(samples: Float32Array | Float64Array, from: number): Float64Array {
    const frame = this.#frame;
    const { window, at } = this;
    const end = Math.min(window.length, samples.length - from);
    frame.fill(0, at, at + window.length);
    for (let n = Math.max(0, -from); n < end; n++) frame[at + n] = (samples[from + n] as number) * (window[n] as number);
    const complex = this.#complex;
    const power = this.#power;
    this.#fft.realTransform(complex, frame);
    for (let bin = 0; bin < power.length; bin++) {
      const real = complex[2 * bin] as number;
      const imaginary = complex[2 * bin + 1] as number;
      power[bin] = real * real + imaginary * imaginary;
    }
    return power;
  }
}
