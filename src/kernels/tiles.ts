/**
 * How the WebGPU kernels cut their work: the numbers to turn for a device. Larger tiles read less per multiplication and
 * leave fewer threads.
 */
export const tiles = {
  /** Pixels of a row that a thread of a convolution works out, in wide pictures and in narrow ones. */
  pixels: 8,
  narrowPixels: 4,
  /** A width from which the wide tile serves. */
  wide: 5,
  /** Pixels of a row that a filter gradient reads at a time. */
  gradientPixels: 4,
  /** Threads that a filter gradient is split into, and how many partial sums of it there may be. */
  gradientThreads: 4096,
  gradientSplits: 192,
  /** Partial sums of a batch norm: per group of four channels at most so many, each over at least so many pixels. */
  sumSplits: 256,
  sumPixels: 8,
  /** Pixels that a thread of a combine operation computes. */
  combinePixels: 4,
  /** Branches that its kernels take at a time. */
  branches: 4,
} as const;

/** Pixels per thread for rows of a width, a multiple of `step`. */
export function pixelsFor(width: number, step = 1): number {
  const pixels = width >= tiles.wide ? tiles.pixels : tiles.narrowPixels;
  return Math.ceil(pixels / step) * step;
}
