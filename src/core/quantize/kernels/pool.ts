import { clamp } from '../fixedPoint';
import { pictureOf, rangeOf, type Pool, type QuantizedTensor } from '../graph';
import type { Kernel } from './kernel';

/** Sums up or compares the numbers of a window that lie inside the picture, and says what they come to. */
interface Collector {
  readonly start: number;
  add(before: number, value: number): number;
  end(total: number, count: number): number;
}

/** The integer mean, halves rounded away from zero. */
const mean: Collector = {
  start: 0,
  add: (before, value) => before + value,
  end: (sum, count) => Math.trunc((sum + (sum > 0 ? 1 : -1) * Math.floor(count / 2)) / count),
};

const maximum: Collector = { start: -128, add: (before, value) => Math.max(before, value), end: (value) => value };

/** Mean or maximum over windows. All flavours compute the same. */
export const pool: Kernel<Pool> = ({ kind, kernel, stride, padding, activation }, inputs, tensors, to) => {
  const [input, from] = [inputs[0] as Int8Array, tensors[0] as QuantizedTensor];
  const range = rangeOf(activation, to);
  const collector = kind === 'averagePool' ? mean : maximum;
  const [inHeight, inWidth, channels] = pictureOf(from);
  const [height, width] = pictureOf(to);
  const output = new Int8Array(height * width * channels);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [top, left] = [row * stride[0] - padding[0][0], column * stride[1] - padding[1][0]];
      const [firstRow, endRow] = [Math.max(0, top), Math.min(inHeight, top + kernel[0])];
      const [firstColumn, endColumn] = [Math.max(0, left), Math.min(inWidth, left + kernel[1])];
      const count = (endRow - firstRow) * (endColumn - firstColumn);
      for (let channel = 0; channel < channels; channel++, at++) {
        let total = collector.start;
        for (let y = firstRow; y < endRow; y++)
          for (let x = firstColumn; x < endColumn; x++)
            total = collector.add(total, input[(y * inWidth + x) * channels + channel] as number);
        output[at] = clamp(collector.end(total, count), range);
      }
    }
  return output;
};
