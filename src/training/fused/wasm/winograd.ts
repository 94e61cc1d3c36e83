/** Which convolutions use Winograd's algorithm on WebAssembly, and how their work is divided (kernels/winograd). */
import type { Value, Window } from '../program';

/** The fields of a call that follow from its sizes. Offsets and `bytes` are those of a thread's scratch. */
interface WinogradPlan {
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly side: number;
  readonly tilesDown: number;
  readonly tilesRight: number;
  readonly chunk: number;
  readonly pictures: number;
  readonly tileAt: number;
  readonly inputsAt: number;
  readonly outputsAt: number;
  readonly filterAt: number;
  readonly bytes: number;
}

/** Output pixels of a tile along one side. */
const TILE = 4;
/** Tiles to work on together, roughly: they stay in the second-level cache, and fill the inner part's rows of four. */
const TILES = 24;
/** The inner part processes eight channels at a time. */
const LEAST_CHANNELS = 8;

/** Numbers in an entry, including the gap after it. */
const plane = (numbers: number) => numbers + 16;

/** Numbers in a transformed kernel and in the scratch that computes it: four tiles, and one intermediate. */
export function transformedKernel(side: number, channels: number, filters: number): number {
  return side * side * plane(Math.ceil(filters / 8) * 8 * channels) + (4 * side * side + side * (side + 1 - TILE)) * 4;
}

/**
 * Transforming one number of the kernel takes about as long as this many multiplications of the inner part, so the kernels of small
 * pictures in small batches are not worth it.
 */
const TRANSFORM = 27;

/** Side of a convolution's transformed tiles; null when it is summed directly. */
export function winogradSide({ kernel, stride }: Window, from: Value, to: Value, batchSize: number): number | null {
  if (stride[0] !== 1 || stride[1] !== 1 || kernel[0] !== kernel[1] || (kernel[0] !== 3 && kernel[0] !== 5)) return null;
  const fits = (count: number) => count >= LEAST_CHANNELS && count % 4 === 0;
  if (!fits(from.channels) || !fits(to.channels)) return null;
  const side = kernel[0] + TILE - 1;
  const tiles = Math.ceil(to.height / TILE) * Math.ceil(to.width / TILE);
  const saved = batchSize * (to.height * to.width * kernel[0] ** 2 - tiles * side ** 2);
  return saved > TRANSFORM * side ** 2 ? side : null;
}

/**
 * @param from the transformed operand; `top` and `left` are its padding
 * @param to the output
 */
export function planWinograd(side: number, from: Value, to: Value, { top, left }: { top: number; left: number }): WinogradPlan {
  const [tilesDown, tilesRight] = [Math.ceil(to.height / TILE), Math.ceil(to.width / TILE)];
  const paddedHeight = Math.max(top + from.height, (tilesDown - 1) * TILE + side);
  const paddedWidth = Math.max(left + from.width, (tilesRight - 1) * TILE + side);
  const chunk = Math.min(tilesDown, Math.ceil(TILES / tilesRight));
  const pictures = Math.max(1, Math.floor(TILES / (tilesDown * tilesRight)));
  const tiles = chunk * tilesRight * pictures;
  const entries = side * side;
  let bytes = 0;
  const room = (numbers: number) => {
    const at = bytes;
    bytes += Math.ceil(numbers / 16) * 64;
    return at;
  };
  room(paddedHeight * paddedWidth * from.channels);
  const tileAt = room(entries * 4 + to.channels + 8);
  const inputsAt = room(entries * plane(tiles * from.channels));
  const outputsAt = room(entries * plane(tiles * to.channels));
  const filterAt = room(entries * plane(from.channels * to.channels));
  return { paddedHeight, paddedWidth, side, tilesDown, tilesRight, chunk, pictures, tileAt, inputsAt, outputsAt, filterAt, bytes };
}
