/**
 * The ranges of a network's tensors, from which their scales follow: watched while examples pass through the graph of floats.
 */
import type { FloatGraph } from './floatGraph';
import { runFloat } from './runFloat';

/** The least and the greatest value that a tensor should be able to hold. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * How a range follows from the values that were seen. `minMax`: all of them fit. `percentile`: all but one in 10,000 at either end.
 * `leastSquares`: the range whose rounding and clipping change the values least, in squares.
 */
export const rangeMethods = ['minMax', 'percentile', 'leastSquares'] as const;
export type RangeMethod = (typeof rangeMethods)[number];

/** How ranges are found, and from how many training examples; all are taken where there are fewer. */
export interface RangeChoice {
  readonly method: RangeMethod;
  readonly examples: number;
}

/** Examples as the network reads them: [count, ...input] flattened. */
export interface ExampleBatch {
  readonly x: Float32Array;
  readonly count: number;
}

const BINS = 2048;
/** The share of values that a percentile leaves out at either end. */
const LEFT_OUT = 1e-4;
/** Ranges that least squares compares, from the whole one down to 3/10 of it. */
const TRIED = 71;

/** @returns by the tensors' indices. @param batches gives the same batches each time it is asked */
export async function tensorRanges(graph: FloatGraph, batches: () => Iterable<ExampleBatch>, method: RangeMethod): Promise<Range[]> {
  const lows = new Float64Array(graph.tensors.length).fill(Infinity);
  const highs = new Float64Array(graph.tensors.length).fill(-Infinity);
  await watch(graph, batches, (index, values) => {
    let [low, high] = [lows[index] as number, highs[index] as number];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    [lows[index], highs[index]] = [low, high];
  });
  const seen = graph.tensors.map((_, index) => ({ low: lows[index] as number, high: highs[index] as number }));
  if (method === 'minMax') return seen;
  const histograms = seen.map((range) => new Histogram(range));
  await watch(graph, batches, (index, values) => (histograms[index] as Histogram).add(values));
  return histograms.map((histogram) => (method === 'percentile' ? histogram.within(LEFT_OUT) : histogram.leastChanged()));
}

async function watch(
  graph: FloatGraph,
  batches: () => Iterable<ExampleBatch>,
  onValues: (index: number, values: Float32Array) => void,
): Promise<void> {
  for (const { x, count } of batches()) await runFloat(graph, x, count, onValues);
}

/** How many values lie in each of `BINS` equal parts of a range. */
export class Histogram {
  readonly #counts = new Float64Array(BINS);
  readonly #width: number;

  constructor(private readonly range: Range) {
    this.#width = (range.high - range.low) / BINS;
  }

  add(values: Float32Array): void {
    if (this.#width === 0) return;
    for (const value of values) {
      const bin = Math.min(BINS - 1, Math.floor((value - this.range.low) / this.#width));
      this.#counts[bin] = (this.#counts[bin] as number) + 1;
    }
  }

  /** The range without the outermost share of the values at either end. */
  within(share: number): Range {
    const most = share * this.#counts.reduce((total, count) => total + count, 0);
    const outside = (counts: Float64Array) => {
      let total = 0;
      const first = counts.findIndex((count) => (total += count) > most);
      return Math.max(0, first);
    };
    return {
      low: this.range.low + outside(this.#counts) * this.#width,
      high: this.range.high - outside(this.#counts.toReversed()) * this.#width,
    };
  }

  /** Of the ranges with the same proportions, the one whose 256 steps change the values least. */
  leastChanged(): Range {
    let best: Range = this.range;
    let least = Infinity;
    for (let tried = 0; tried < TRIED; tried++) {
      const part = 1 - (0.7 * tried) / (TRIED - 1);
      const range = { low: this.range.low * part, high: this.range.high * part };
      const change = this.#change(range);
      if (change < least) [best, least] = [range, change];
    }
    return best;
  }

  /** The sum of squares of what rounding to a range's 256 steps, and clipping to its ends, change. */
  #change(range: Range): number {
    const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)];
    const step = (high - low) / 255;
    let sum = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const count = this.#counts[bin] as number;
      if (count === 0) continue;
      const value = this.range.low + (bin + 0.5) * this.#width;
      const kept = Math.max(low, Math.min(high, Math.round(value / step) * step));
      sum += count * (value - kept) ** 2;
    }
    return sum;
  }
}
