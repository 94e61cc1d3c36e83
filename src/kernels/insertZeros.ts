import { pad, reshape, slice, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';

/** Puts stride - 1 zeros between neighbouring rows and columns: [n, h, w, c] to [n, (h - 1) sh + 1, (w - 1) sw + 1, c]. */
export function insertZeros(x: Tensor4D, sh: number, sw: number): Tensor4D {
  if (sh === 1 && sw === 1) return x;
  const [n, h, w, c] = x.shape;
  const spaced = pad(reshape(x, [n, h, 1, w, 1, c]), [
    [0, 0],
    [0, 0],
    [0, sh - 1],
    [0, 0],
    [0, sw - 1],
    [0, 0],
  ]);
  return slice(reshape<Rank.R4>(spaced, [n, h * sh, w * sw, c]), [0, 0, 0, 0], [n, (h - 1) * sh + 1, (w - 1) * sw + 1, c]);
}
