/**
 * How the WebGPU kernels divide their work: the numbers to tune for a device. Larger tiles read less per multiplication, but leave
 * fewer threads, which need more registers each.
 */
export interface Tiles {
  /** Pixels of a row that a thread of a convolution computes, in wide pictures and in narrow ones. */
  readonly pixels: number;
  readonly narrowPixels: number;
  /** Rows that it computes them in; for windows of one column, pixels of one row instead. */
  readonly rows: number;
  readonly singlePixels: number;
  /** Threads that a convolution should have at least: with fewer, several share the channels that one would sum over. */
  readonly threads: number;
  /** Pixels of a row that a filter gradient reads at a time, and groups of four channels per thread. */
  readonly gradientPixels: number;
  readonly gradientChannels: number;
  /** Threads that share a filter gradient, and the most partial sums it may have. */
  readonly gradientThreads: number;
  readonly gradientSplits: number;
  /** Partial sums of a batch norm: at most this many per group of four channels, each over at least this many pixels. */
  readonly sumSplits: number;
  readonly sumPixels: number;
  /** Pixels that a thread of a combine operation computes. */
  readonly combinePixels: number;
  /** Branches that one of its kernels takes at a time. */
  readonly branches: number;
}

/** Where tuning for a graphics processor begins: measured on one with 132 multiprocessors (docs/performance.md). */
export const startingTiles: Tiles = {
  pixels: 8,
  narrowPixels: 4,
  rows: 1,
  singlePixels: 8,
  threads: 16384,
  gradientPixels: 4,
  gradientChannels: 1,
  gradientThreads: 16384,
  gradientSplits: 512,
  sumSplits: 1024,
  sumPixels: 4,
  combinePixels: 2,
  branches: 4,
};

/** For Chromium's software adapter, measured: there a read from a buffer costs about ten multiplications, and a thread nothing. */
const softwareTiles: Tiles = {
  ...startingTiles,
  rows: 2,
  singlePixels: 16,
  threads: 1,
  gradientChannels: 2,
  gradientThreads: 1024,
  gradientSplits: 192,
  sumSplits: 64,
  sumPixels: 8,
  combinePixels: 8,
};

/**
 * Variations that may suit a device better, tried one question after the other; each is compared with the best so far. Those that need
 * no further kernels come first, because compiling takes most of the time.
 */
export const tileChoices: readonly (readonly Partial<Tiles>[])[] = [
  [{ gradientThreads: 4096 }, { gradientThreads: 65536 }],
  [{ sumSplits: 128 }],
  [{ combinePixels: 1 }, { combinePixels: 8 }],
  [{ threads: 1 }, { threads: 65536 }],
  [{ singlePixels: 4 }, { singlePixels: 16 }],
  [{ pixels: 4 }, { rows: 2 }],
  [{ gradientChannels: 2 }],
];

/** Tiles of an adapter that was measured beforehand, null for any other. @param architecture the adapter's own name for it */
export const measuredTiles = (architecture: string): Tiles | null =>
  /swiftshader|llvmpipe|lavapipe|software/i.test(architecture) ? softwareTiles : null;

/** Pixels per thread for rows of a width: the small tile when the large one would waste more than a third. */
export function pixelsFor({ pixels, narrowPixels, singlePixels }: Tiles, width: number, kernelWidth: number): number {
  const most = kernelWidth === 1 ? singlePixels : pixels;
  return Math.ceil(width / most) * most * 3 <= width * 4 ? most : narrowPixels;
}
