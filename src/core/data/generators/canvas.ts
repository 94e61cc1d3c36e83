/** A square colour picture that figures are painted on, one over the other. */
import type { Random } from '../../random';
import type { Inside } from './outlines';

/** Red, green and blue in 0..1. */
export type Colour = readonly [red: number, green: number, blue: number];
/** The colour at a pixel. */
export type Paint = (x: number, y: number) => Colour;
/** The share of a pixel, given by its column and row, that a figure covers. */
export type Cover = (column: number, row: number) => number;

export const CHANNELS = 3;
/** Samples along each side of a pixel, for smooth edges. */
const SAMPLES = 2;

/** Pixels from `left` to `right` and from `top` to `bottom`; those outside the picture are cut off. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const everywhere: Bounds = { left: 0, right: Infinity, top: 0, bottom: Infinity };

export class Canvas {
  /** Colour of each pixel, row by row; values may leave 0..1 until `write` cuts them. */
  readonly values: Float32Array;

  constructor(readonly side: number) {
    this.values = new Float32Array(side * side * CHANNELS);
  }

  /** Paints a figure; a pixel that it covers in part takes on that part of its colour. */
  paint(cover: Cover, colour: Paint, bounds: Bounds = everywhere): void {
    const { side, values } = this;
    const right = Math.min(side - 1, Math.ceil(bounds.right));
    const bottom = Math.min(side - 1, Math.ceil(bounds.bottom));
    for (let row = Math.max(0, Math.floor(bounds.top)); row <= bottom; row++)
      for (let column = Math.max(0, Math.floor(bounds.left)); column <= right; column++) {
        const covered = cover(column, row);
        if (covered <= 0) continue;
        const painted = colour(column, row);
        const at = (row * side + column) * CHANNELS;
        for (let channel = 0; channel < CHANNELS; channel++)
          values[at + channel] = (1 - covered) * (values[at + channel] as number) + covered * (painted[channel] as number);
      }
  }

  /** Writes the picture as bytes, `exposure` times as light, and adds a number from `noise` to every value. */
  write(target: Uint8Array, noise: () => number, exposure = 1): void {
    for (let at = 0; at < target.length; at++)
      target[at] = Math.max(0, Math.min(255, Math.round(255 * (exposure * (this.values[at] as number) + noise()))));
  }
}

/** The cover of a figure that is given by its inside: the share of a pixel's samples that lie in it. */
export function coverOf(inside: Inside): Cover {
  return (column, row) => {
    let hits = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
      const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      if (inside(x, y)) hits += 1;
    }
    return hits / (SAMPLES * SAMPLES);
  };
}

/** Weights of red, green and blue in perceived lightness. Source: ITU-R BT.601. */
export const luminance = ([red, green, blue]: Colour) => 0.299 * red + 0.587 * green + 0.114 * blue;

export const randomColour = (random: Random): Colour => [random.uniform(), random.uniform(), random.uniform()];
