/** Which convolutions go by Winograd's algorithm on WebAssembly, and how their work is cut (kernels/winograd). */
import type { Value, Window } from './program';

/** What of a call's fields follows from the sizes. Offsets and `bytes` are a thread's scratch. */
export interface WinogradPlan {
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly tile: number;
  readonly tilesDown: number;
  readonly tilesRight: number;
  readonly chunk: number;
  readonly tileAt: number;
  readonly inputsAt: number;
  readonly outputsAt: number;
  readonly filterAt: number;
  readonly bytes: number;
}

/** Entries of a transformed tile, and its side. */
const [ENTRIES, SIDE] = [36, 6];
/** Tiles that are worked on together, about: they stay in the second-level cache, and fill the inner part's rows of six. */
const TILES = 24;
/** The inner part works on eight channels at a time. */
const LEAST_CHANNELS = 8;

/** The same for the numbers of a kernel, transformed, and of one tile on the way there. */
export const transformedKernel = (channels: number, filters: number): number =>
  ENTRIES * Math.ceil(filters / 8) * 8 * channels + 7 * SIDE * 4;

/** Output pixels of a tile along one side; null for a convolution that is summed directly. */
export function winogradTile({ kernel, stride }: Window, channels: number, filters: number): number | null {
  if (stride[0] !== 1 || stride[1] !== 1 || kernel[0] !== kernel[1] || (kernel[0] !== 3 && kernel[0] !== 5)) return null;
  const fits = (count: number) => count >= LEAST_CHANNELS && count % 4 === 0;
  return fits(channels) && fits(filters) ? SIDE + 1 - kernel[0] : null;
}

/**
 * @param from what is transformed, and `top` and `left`, its padding
 * @param to what comes out
 */
export function planWinograd(tile: number, from: Value, to: Value, { top, left }: { top: number; left: number }): WinogradPlan {
  const [tilesDown, tilesRight] = [Math.ceil(to.height / tile), Math.ceil(to.width / tile)];
  const paddedHeight = Math.max(top + from.height, (tilesDown - 1) * tile + SIDE);
  const paddedWidth = Math.max(left + from.width, (tilesRight - 1) * tile + SIDE);
  const chunk = Math.min(tilesDown, Math.ceil(TILES / tilesRight));
  const tiles = chunk * tilesRight;
  let bytes = 0;
  const room = (numbers: number) => {
    const at = bytes;
    bytes += Math.ceil(numbers / 16) * 64;
    return at;
  };
  room(paddedHeight * paddedWidth * from.channels);
  const tileAt = room(ENTRIES * 4 + to.channels + 8);
  const inputsAt = room(ENTRIES * tiles * from.channels);
  // The inner part may write and read a few numbers beyond.
  const outputsAt = room(ENTRIES * tiles * to.channels + 8);
  const filterAt = room(ENTRIES * from.channels * to.channels + 8);
  return { paddedHeight, paddedWidth, tile, tilesDown, tilesRight, chunk, tileAt, inputsAt, outputsAt, filterAt, bytes };
}
