/**
 * Brings pictures of any size to the shape that a network takes. Page and command line share this code instead of using what their
 * decoders offer, so that both train on the same numbers.
 */
import type { Pixels } from './pixels';

/** A part of one side of a picture that makes up one pixel: source pixels from `from` on, with weights that add up to 1. */
interface Span {
  readonly from: number;
  readonly weights: readonly number[];
}

/**
 * The middle of a picture as red, green and blue bytes, row by row.
 *
 * The largest part with the target's aspect ratio is cut from the middle. Each side that shrinks is averaged over the area of each new
 * pixel, each side that grows is interpolated linearly between the middles of pixels. Transparent parts show white, as on paper, since
 * the colours that files keep under them are arbitrary. Values are rounded once, at the end.
 */
export function resizePicture({ width, height, rgba }: Pixels, toWidth: number, toHeight: number): Uint8Array {
  const rgb = onWhite(rgba);
  if (width === toWidth && height === toHeight && rgb instanceof Uint8Array) return rgb;
  const [cutWidth, cutHeight] = cutOf(width, height, toWidth / toHeight);
  const columns = spans(Math.floor((width - cutWidth) / 2), cutWidth, toWidth);
  const rows = spans(Math.floor((height - cutHeight) / 2), cutHeight, toHeight);
  const top = (rows[0] as Span).from;
  const last = rows.at(-1) as Span;
  const narrowed = narrow(rgb, width, top, last.from + last.weights.length, columns);
  const stride = toWidth * 3;
  const result = new Uint8Array(toHeight * stride);
  const sums = new Float64Array(stride);
  rows.forEach(({ from, weights }, row) => {
    sums.fill(0);
    weights.forEach((weight, index) => {
      const start = (from - top + index) * stride;
      for (let at = 0; at < stride; at++) sums[at] = (sums[at] as number) + weight * (narrowed[start + at] as number);
    });
    for (let at = 0; at < stride; at++) result[row * stride + at] = Math.floor((sums[at] as number) + 0.5);
  });
  return result;
}

/** Width and height of the largest part with this aspect ratio. */
function cutOf(width: number, height: number, aspect: number): [number, number] {
  if (width > height * aspect) return [Math.max(1, Math.round(height * aspect)), height];
  return [width, Math.max(1, Math.round(width / aspect))];
}

/** Rows from `top` to `bottom`, each with as many pixels as there are spans. */
function narrow(rgb: Float64Array | Uint8Array, width: number, top: number, bottom: number, columns: readonly Span[]): Float64Array {
  const stride = columns.length * 3;
  const result = new Float64Array((bottom - top) * stride);
  let to = 0;
  for (let row = top; row < bottom; row++)
    for (const { from, weights } of columns) {
      let [red, green, blue] = [0, 0, 0];
      let at = (row * width + from) * 3;
      for (const weight of weights) {
        red += weight * (rgb[at] as number);
        green += weight * (rgb[at + 1] as number);
        blue += weight * (rgb[at + 2] as number);
        at += 3;
      }
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
      to += 3;
    }
  return result;
}

/** How `to` pixels are made of `count` source pixels from `first` on. */
function spans(first: number, count: number, to: number): Span[] {
  const scale = count / to;
  return Array.from({ length: to }, (_, index) => {
    if (scale > 1) return area(first, index * scale, Math.min((index + 1) * scale, count));
    const middle = Math.min(Math.max((index + 0.5) * scale - 0.5, 0), count - 1);
    const left = Math.floor(middle);
    const share = middle - left;
    return { from: first + left, weights: share === 0 ? [1] : [1 - share, share] };
  });
}

/** The pixels that [from, to) covers, by the part of each that it covers. */
function area(first: number, from: number, to: number): Span {
  const start = Math.floor(from);
  const length = Math.ceil(to) - start;
  const covered = Array.from({ length }, (_, index) => Math.min(to, start + index + 1) - Math.max(from, start + index));
  const total = covered.reduce((sum, part) => sum + part, 0);
  return { from: first + start, weights: covered.map((part) => part / total) };
}

/** Red, green and blue over a white ground. */
function onWhite(rgba: Pixels['rgba']): Float64Array | Uint8Array {
  const pixels = rgba.length / 4;
  let opaque = true;
  for (let at = 3; at < rgba.length && opaque; at += 4) opaque = rgba[at] === 255;
  const rgb = opaque ? new Uint8Array(pixels * 3) : new Float64Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = rgba[pixel * 4 + 3] as number;
    for (let channel = 0; channel < 3; channel++) {
      const value = rgba[pixel * 4 + channel] as number;
      rgb[pixel * 3 + channel] = alpha === 255 ? value : (value * alpha + 255 * (255 - alpha)) / 255;
    }
  }
  return rgb;
}
