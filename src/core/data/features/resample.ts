/** Changes the sampling rate of sound by a windowed sinc, which removes what the lower rate cannot hold. */
import type { Clip } from './clip';

/**
 * Zero crossings of the sinc on each side: more are a steeper filter and more work. Fewer where the rate falls, since a sample of the
 * result then weights more samples of the clip; from 44.1 kHz to 16 kHz all up to 6.6 kHz passes, and all from 8.6 kHz on is removed.
 */
const CROSSINGS = { rising: 24, falling: 16 } as const;
/** The filter lets frequencies through up to this share of half the lower rate; the rest is its slope. */
const ROLLOFF = 0.95;
/** Taps that a ratio of rates may have (512 KB); a ratio of more is interpolated. 44.1 kHz to 16 kHz has 15,000, 11,025 Hz 34,000. */
const MOST_TAPS = 2 ** 16;
/**
 * Rows of interpolated taps per zero crossing, 790 KB at any ratio. A straight line between two of them is at most
 * π²/24 / 2048² = 1e-7 from the curve.
 */
const RESOLUTION = 2048;
/** Ratios whose taps are kept: a data set mostly has one. */
const MOST_FILTERS = 4;
/** Samples of the clip that are taken at a time, about: few enough for a processor's cache. */
const WINDOW = 8192;

/**
 * Where taps (the first half) and the samples that they weight (the second) lie while they are used. V8 reads an array that is always the
 * same one without checks of what it is, in half the time. The second half is large enough: a window has up to `WINDOW` samples, three
 * periods (of 1,900 samples at most, since each has 34 taps or more) and 1.5 times the taps of a sample (2^15 at most, since there are
 * two phases or more).
 */
const memory = new Float64Array(2 * MOST_TAPS);
/** The taps that lie there. */
let loaded: Float64Array | null = null;

/** Makes the samples `first` to `first + count` of the result, which it puts at the start of `piece`. */
type MakePiece = (samples: Float32Array, first: number, count: number, piece: Float32Array) => void;

/** How one ratio of rates is resampled. */
interface Filter {
  /** Samples of a piece. */
  readonly size: number;
  readonly makePiece: MakePiece;
}

const filters = new Map<string, Filter>();

/**
 * The clip's sound at another rate. The same instant keeps its place, and what lies before and after the clip counts as 0.
 * Source of the method: J. O. Smith, "Digital Audio Resampling Home Page", ccrma.stanford.edu/~jos/resample.
 * @param to samples a second; a whole number, as the clip's own rate is
 * @returns ⌈length · to / rate⌉ samples; the clip's own samples if it has this rate
 */
export function resample({ rate, samples }: Clip, to: number): Float32Array {
  if (rate === to) return samples;
  const { size, makePiece } = filterOf(rate, to);
  const resampled = new Float32Array(Math.ceil((samples.length * to) / rate));
  const piece = new Float32Array(size);
  for (let first = 0; first < resampled.length; first += size) {
    const count = Math.min(size, resampled.length - first);
    makePiece(samples, first, count, piece);
    resampled.set(piece.subarray(0, count), first);
  }
  return resampled;
}

function filterOf(rate: number, to: number): Filter {
  const ratio = `${rate}:${to}`;
  const known = filters.get(ratio);
  if (known) return known;
  const [oldest] = filters.keys();
  if (oldest !== undefined && filters.size === MOST_FILTERS) filters.delete(oldest);
  const divisor = greatestDivisor(rate, to);
  const lowpass = { cutoff: Math.min(1, to / rate) * ROLLOFF, crossings: to < rate ? CROSSINGS.falling : CROSSINGS.rising };
  const filter = phaseFilter(rate / divisor, to / divisor, lowpass) ?? interpolatedFilter(rate, to, lowpass);
  filters.set(ratio, filter);
  return filter;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** A sinc in a window. */
interface Lowpass {
  /** Zero crossings of the sinc per sample of the clip. */
  readonly cutoff: number;
  /** Zero crossings on each side, where the window ends. */
  readonly crossings: number;
}

/**
 * The weight of a sample of the clip at a distance: a sinc times a Hann window.
 * @param distance in samples of the clip
 */
function tapAt(distance: number, { cutoff, crossings }: Lowpass): number {
  const t = Math.abs(distance) * cutoff;
  if (t >= crossings) return 0;
  const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  return cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * t) / crossings));
}

/** Samples of the clip from a place on, which may lie before its start; zeros stand for what is outside. */
function readInto(window: Float64Array, samples: Float32Array, from: number): void {
  window.fill(0);
  window.set(samples.subarray(Math.max(0, from), Math.max(0, from + window.length)), Math.max(0, -from));
}

/**
 * Sound lies alike among the clip's samples after every period: `outputs` samples of the result and `inputs` of the clip. So each sample
 * of a period has its own taps (a phase), which are computed once. Two phases that follow each other weight the same samples, a few of them
 * by 0.
 * @returns null where there are too many phases
 */
function phaseFilter(inputs: number, outputs: number, lowpass: Lowpass): Filter | null {
  // An even number of phases makes pairs.
  if (outputs % 2 === 1) return phaseFilter(2 * inputs, 2 * outputs, lowpass);
  const reach = lowpass.crossings / lowpass.cutoff;
  const width = Math.floor(2 * reach + inputs / outputs) + 1;
  if (outputs * width > MOST_TAPS) return null;
  /** For each pair of phases its first sample of the clip, counted from the period's first one. */
  const starts = new Int32Array(outputs / 2);
  const taps = new Float64Array(outputs * width);
  for (let phase = 0; phase < outputs; phase++) {
    const pair = Math.floor(phase / 2);
    const start = Math.ceil((2 * pair * inputs) / outputs - reach);
    starts[pair] = start;
    for (let tap = 0; tap < width; tap++) taps[phase * width + tap] = tapAt(start + tap - (phase * inputs) / outputs, lowpass);
  }
  const before = -(starts[0] as number);
  const periods = 3 * Math.ceil(WINDOW / inputs / 3);
  const window = memory.subarray(MOST_TAPS, MOST_TAPS + before + periods * inputs + width);
  const makePiece: MakePiece = (samples, first, count, piece) => {
    if (loaded !== taps) memory.set(taps);
    loaded = taps;
    readInto(window, samples, (first / outputs) * inputs - before);
    const needed = Math.ceil(count / outputs);
    for (let period = 0; period < needed; period += 3)
      for (let pair = 0; pair < starts.length; pair++) {
        const at = MOST_TAPS + before + (starts[pair] as number) + period * inputs;
        weighSix(at, inputs, 2 * pair * width, width, piece, period * outputs + 2 * pair, outputs);
      }
  };
  return { size: periods * outputs, makePiece };
}

/**
 * Two phases of three periods at once, since each sample and each tap that is read then serves for several sums. More sums at once would
 * be more than a processor has registers for.
 * @param a where in `memory` the first sample of the first period lies, `inputs` before that of the next
 * @param row where the first phase's taps lie, `width` before those of the second
 * @param to where in the piece the first sum goes, the second behind it; those of the next period go `outputs` on
 */
function weighSix(a: number, inputs: number, row: number, width: number, piece: Float32Array, to: number, outputs: number): void {
  const b = a + inputs;
  const c = b + inputs;
  const second = row + width;
  let a0 = 0;
  let a1 = 0;
  let b0 = 0;
  let b1 = 0;
  let c0 = 0;
  let c1 = 0;
  // "| 0" spares a check for overflow of each addition, a fifth of the time.
  for (let tap = 0; tap < width; tap = (tap + 1) | 0) {
    const tap0 = memory[(row + tap) | 0] as number;
    const tap1 = memory[(second + tap) | 0] as number;
    const ofA = memory[(a + tap) | 0] as number;
    const ofB = memory[(b + tap) | 0] as number;
    const ofC = memory[(c + tap) | 0] as number;
    a0 += tap0 * ofA;
    a1 += tap1 * ofA;
    b0 += tap0 * ofB;
    b1 += tap1 * ofB;
    c0 += tap0 * ofC;
    c1 += tap1 * ofC;
  }
  piece[to] = a0;
  piece[to + 1] = a1;
  piece[to + outputs] = b0;
  piece[to + outputs + 1] = b1;
  piece[to + 2 * outputs] = c0;
  piece[to + 2 * outputs + 1] = c1;
}

/** Taps for places at equal distances between two samples of the clip; places between these are interpolated. */
function interpolatedFilter(rate: number, to: number, lowpass: Lowpass): Filter {
  const rows = Math.ceil(RESOLUTION * lowpass.cutoff);
  const before = Math.ceil(lowpass.crossings / lowpass.cutoff);
  const width = 2 * before + 2;
  const taps = new Float64Array((rows + 1) * width);
  for (let index = 0; index < taps.length; index++)
    taps[index] = tapAt((index % width) - before - Math.floor(index / width) / rows, lowpass);
  const window = new Float64Array(WINDOW + width);
  const makePiece: MakePiece = (samples, first, count, piece) => {
    const start = Math.floor((first * rate) / to);
    readInto(window, samples, start - before);
    for (let index = 0; index < count; index++) {
      const centre = ((first + index) * rate) / to;
      const whole = Math.floor(centre);
      const place = (centre - whole) * rows;
      const row = Math.floor(place);
      piece[index] = weighBetween(window, whole - start, taps, row * width, width, place - row);
    }
  };
  return { size: Math.max(1, Math.floor((WINDOW * to) / rate)), makePiece };
}

/**
 * The sum of samples from `at` on, weighted by a row of taps and the row that follows it.
 * @param from the row's first tap; a row has `width`, an even number
 * @param share of the second row, 0 to 1
 */
function weighBetween(window: Float64Array, at: number, taps: Float64Array, from: number, width: number, share: number): number {
  // Sums of even and of odd taps, so that additions need not wait for each other.
  let low0 = 0;
  let low1 = 0;
  let high0 = 0;
  let high1 = 0;
  for (const end = at + width; at < end; at += 2, from += 2) {
    const even = window[at] as number;
    const odd = window[at + 1] as number;
    low0 += (taps[from] as number) * even;
    low1 += (taps[from + 1] as number) * odd;
    high0 += (taps[from + width] as number) * even;
    high1 += (taps[from + width + 1] as number) * odd;
  }
  const low = low0 + low1;
  return low + share * (high0 + high1 - low);
}
