/** Sounds that tests compute, and WAV files of them. */
import { fnv1a } from '../../src/core/hash';
import type { NamedFile } from '../../src/importers/exampleImporter';

/** A sum of a chirp, a tone and noise, or a signal without any of them. */
export type Recipe =
  | 'silence'
  | 'impulse-at-8000'
  | {
      readonly seed: number;
      readonly chirp: number;
      readonly f0: number;
      readonly f1: number;
      readonly tone: number;
      readonly ft: number;
      readonly noise: number;
    };

/**
 * Samples at 16 kHz as 16-bit integers: ⌊32767 x + ½⌋ of x(t) = chirp sin 2π(f0 t + (f1 - f0) t² / 2T) + tone sin 2π ft t + noise u, where u
 * comes from a linear congruential generator. tests/golden/features describes the same signals.
 */
export function signal(recipe: Recipe, count: number): Int16Array {
  const samples = new Int16Array(count);
  if (recipe === 'silence') return samples;
  if (recipe === 'impulse-at-8000') {
    samples[8000] = 32_767;
    return samples;
  }
  const { seed, chirp, f0, f1, tone, ft, noise } = recipe;
  const duration = count / 16_000;
  let state = seed;
  for (let n = 0; n < count; n++) {
    const t = n / 16_000;
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    const swept = chirp * Math.sin(2 * Math.PI * (f0 * t + ((f1 - f0) * t * t) / (2 * duration)));
    samples[n] = Math.floor(32_767 * (swept + tone * Math.sin(2 * Math.PI * ft * t) + noise * (state / 2 ** 31 - 1)) + 0.5);
  }
  return samples;
}

/** Another sound for every name: a chirp with noise. */
export function soundOf(name: string, count: number): Int16Array {
  const seed = fnv1a(new TextEncoder().encode(name)) >>> 0;
  return signal({ seed, chirp: 0.3, f0: 100 + (seed % 900), f1: 3000, tone: 0, ft: 0, noise: 0.05 }, count);
}

/** 16-bit integers as fractions of full scale. */
export const fractions = (samples: Int16Array): Float32Array => Float32Array.from(samples, (sample) => sample / 32_768);

/** A chunk of a WAV file, with the byte that follows an odd size. */
export function chunk(id: string, contents: Uint8Array, size = contents.length): Uint8Array {
  const bytes = new Uint8Array(8 + contents.length + (contents.length % 2));
  bytes.set(new TextEncoder().encode(id));
  new DataView(bytes.buffer).setUint32(4, size, true);
  bytes.set(contents, 8);
  return bytes;
}

/** A file of chunks, whose header says how long it is. */
export function riff(chunks: readonly Uint8Array[], kind = 'RIFF'): Uint8Array {
  return chunk(kind, Uint8Array.from([...new TextEncoder().encode('WAVE'), ...chunks.flatMap((one) => [...one])]));
}

/** The header chunk of a WAV file; `frame` and `used` are for headers that contradict themselves. */
export function header({
  code = 1,
  channels = 1,
  rate = 16_000,
  bits = 16,
  frame = (channels * Math.ceil(bits / 8)) & 0xffff,
  extensible = false,
  used = bits,
}: Partial<{
  code: number;
  channels: number;
  rate: number;
  bits: number;
  frame: number;
  extensible: boolean;
  used: number;
}> = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(extensible ? 40 : 16));
  view.setUint16(0, extensible ? 0xfffe : code, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * frame, true);
  view.setUint16(12, frame, true);
  view.setUint16(14, bits, true);
  if (extensible) {
    view.setUint16(16, 22, true);
    view.setUint16(18, used, true);
    view.setUint16(24, code, true);
  }
  return chunk('fmt ', new Uint8Array(view.buffer));
}

/** A WAV file of 16-bit samples, one channel. */
export function wavFile(name: string, samples: Int16Array, rate = 16_000): NamedFile {
  const bytes = new Uint8Array(44 + 2 * samples.length);
  bytes.set(riff([header({ rate }), chunk('data', new Uint8Array(), 2 * samples.length)]));
  new DataView(bytes.buffer).setUint32(4, bytes.length - 8, true);
  samples.forEach((sample, index) => new DataView(bytes.buffer).setInt16(44 + 2 * index, sample, true));
  return { name, size: bytes.length, bytes: async () => bytes };
}

export function textFile(name: string, text: string): NamedFile {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, bytes: async () => bytes };
}
