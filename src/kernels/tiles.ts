/**
 * How the WebGPU kernels cut their work: the numbers to turn for a device. Larger tiles read less per multiplication, and
 * leave fewer threads that need more registers.
 */
export interface Tiles {
  /** Pixels of a row that a thread of a convolution works out, in wide pictures and in narrow ones. */
  readonly pixels: number;
  readonly narrowPixels: number;
  /** Rows that it does so in; for windows of a single column, pixels of one row instead. */
  readonly rows: number;
  readonly singlePixels: number;
  /** Pixels of a row that a filter gradient reads at a time, and groups of four channels that it does so for. */
  readonly gradientPixels: number;
  readonly gradientChannels: number;
  /** Threads that a filter gradient is split into, and how many partial sums of it there may be. */
  readonly gradientThreads: number;
  readonly gradientSplits: number;
  /** Partial sums of a batch norm: per group of four channels at most so many, each over at least so many pixels. */
  readonly sumSplits: number;
  readonly sumPixels: number;
  /** Pixels that a thread of a combine operation computes. */
  readonly combinePixels: number;
  /** Branches that its kernels take at a time. */
  readonly branches: number;
}

/** Where timing a graphics processor begins: chosen by reasoning about registers and threads. */
export const startingTiles: Tiles = {
  pixels: 8,
  narrowPixels: 4,
  rows: 1,
  singlePixels: 8,
  gradientPixels: 4,
  gradientChannels: 1,
  gradientThreads: 8192,
  gradientSplits: 192,
  sumSplits: 256,
  sumPixels: 8,
  combinePixels: 2,
  branches: 4,
};

/** For Chromium's software adapter, measured: reading from a buffer costs it some ten times a multiplication, a thread nothing. */
const softwareTiles: Tiles = {
  ...startingTiles,
  rows: 2,
  singlePixels: 16,
  gradientChannels: 2,
  gradientThreads: 1024,
  sumSplits: 64,
  combinePixels: 8,
};

/** What may suit a device better, one question after the other; each answer stands against what was best so far. */
export const tileChoices: readonly (readonly Partial<Tiles>[])[] = [
  [{ pixels: 4 }, { rows: 2 }],
  [{ singlePixels: 4 }, { singlePixels: 16 }],
  [{ gradientChannels: 2 }],
  [{ gradientThreads: 2048 }, { gradientThreads: 32768 }],
  [{ sumSplits: 64 }],
  [{ combinePixels: 1 }, { combinePixels: 8 }],
];

/** Tiles of an adapter that was measured beforehand, null for any other. @param architecture as the adapter names it */
export const measuredTiles = (architecture: string): Tiles | null =>
  /swiftshader|llvmpipe|lavapipe|software/i.test(architecture) ? softwareTiles : null;

/** Pixels per thread for rows of a width: as few as fit where the large tile would waste more than a third. */
export function pixelsFor({ pixels, narrowPixels, singlePixels }: Tiles, width: number, kernelWidth: number): number {
  const most = kernelWidth === 1 ? singlePixels : pixels;
  return Math.ceil(width / most) * most * 3 <= width * 4 ? most : narrowPixels;
}
