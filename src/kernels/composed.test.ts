import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../tests/support/backends';
import { expectClose, finiteDifferences, normals } from '../../tests/support/numbers';

type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

interface Case {
  readonly size: readonly [number, number];
  readonly channels: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly pad: Pad;
}

const around = (top: number, bottom: number, left: number, right: number): Pad => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

const cases: readonly Case[] = [
  { size: [8, 8], channels: [3, 4], kernel: [3, 3], stride: [1, 1], pad: 'same' },
  { size: [8, 8], channels: [5, 7], kernel: [3, 3], stride: [2, 2], pad: around(1, 1, 1, 1) },
  { size: [9, 7], channels: [4, 3], kernel: [3, 3], stride: [2, 2], pad: 'same' },
  { size: [9, 9], channels: [2, 3], kernel: [3, 3], stride: [2, 2], pad: 'valid' },
  { size: [8, 8], channels: [3, 5], kernel: [5, 5], stride: [1, 1], pad: around(2, 2, 2, 2) },
  { size: [8, 8], channels: [3, 5], kernel: [5, 5], stride: [2, 2], pad: around(2, 2, 2, 2) },
  { size: [8, 6], channels: [6, 2], kernel: [1, 1], stride: [1, 1], pad: 'valid' },
  { size: [8, 7], channels: [6, 2], kernel: [1, 1], stride: [2, 2], pad: around(0, 0, 0, 0) },
  { size: [11, 6], channels: [1, 4], kernel: [4, 2], stride: [3, 2], pad: around(1, 2, 0, 1) },
  { size: [12, 10], channels: [2, 2], kernel: [2, 2], stride: [3, 3], pad: 'valid' },
  { size: [5, 5], channels: [3, 3], kernel: [5, 5], stride: [1, 1], pad: 'valid' },
];

const name = ({ size, channels, kernel, stride, pad }: Case) =>
  `${size.join('x')}, ${channels.join(' to ')} channels, kernel ${kernel.join('x')}, stride ${stride.join('x')}, padding ${JSON.stringify(pad)}`;

/** Gradients of a sum of products of the convolution with fixed weights, to the input and to the kernel. */
function convolutionGradients({ size, channels, kernel, stride, pad }: Case, depthwise: boolean): tf.Tensor[] {
  const [inC, outC] = depthwise ? [channels[0], 1] : channels;
  return tf.tidy(() => {
    const x = tf.tensor4d(normals(3 * size[0] * size[1] * inC), [3, size[0], size[1], inC]);
    const w = tf.tensor4d(normals(kernel[0] * kernel[1] * inC * outC, 2), [kernel[0], kernel[1], inC, outC]);
    const convolve = (a: tf.Tensor4D, b: tf.Tensor4D) =>
      depthwise ? tf.depthwiseConv2d(a, b, [...stride], pad) : tf.conv2d(a, b, [...stride], pad);
    const shape = convolve(x, w).shape;
    const weight = tf.tensor4d(normals(tf.util.sizeFromShape(shape), 3), shape);
    return tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(convolve(a as tf.Tensor4D, b as tf.Tensor4D), weight)))([x, w]);
  });
}

async function compare(make: () => tf.Tensor[], tolerance: number): Promise<void> {
  await useBackend('cpu');
  const expected = await Promise.all(make().map((t) => t.data()));
  await useBackend('wasm');
  const before = tf.memory().numTensors;
  const actual = make();
  expect(actual).toHaveLength(expected.length);
  for (const [index, tensor] of actual.entries()) await expectClose(tensor, expected[index] as Float32Array, tolerance, `output ${index}`);
  actual.forEach((tensor) => tensor.dispose());
  expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
}

describe('composed WASM kernels', () => {
  it.each(cases)('convolution gradients equal the CPU: $size $kernel', (shape) => compare(() => convolutionGradients(shape, false), 1e-5));

  const square = cases.filter(({ stride }) => stride[0] === stride[1]);
  it.each(square.map((shape) => [name(shape), shape] as const))('depthwise gradients equal the CPU: %s', (_, shape) =>
    compare(() => convolutionGradients(shape, true), 1e-5),
  );

  it('sums over leading axes equal the CPU, whatever the number of rows', async () => {
    for (const shape of [
      [2, 32, 32, 16],
      [3, 17, 13, 7],
      [8192, 3],
      [4, 1031, 2],
    ])
      for (const keepDims of [false, true]) {
        const axes = shape.slice(0, -1).map((_, axis) => axis);
        await compare(() => [tf.tidy(() => tf.sum(tf.tensor(normals(shape.reduce((a, b) => a * b)), shape), axes, keepDims))], 1e-5);
      }
  });

  it('leaves other sums to the stock kernel', async () => {
    await compare(
      () => [tf.tidy(() => tf.sum(tf.tensor(normals(8192), [64, 128]), 1)), tf.tidy(() => tf.sum(tf.tensor(normals(8192))))],
      1e-5,
    );
  });

  it('gives an identity that shares data without copying, and frees it once', async () => {
    await useBackend('wasm');
    const x = tf.tensor(normals(1024));
    const copy = x.clone();
    expect(copy.dataId).toBe(x.dataId);
    x.dispose();
    await expectClose(copy, normals(1024), 0);
    copy.dispose();
  });
});

describe('max pooling on WASM', () => {
  beforeAll(() => useBackend('wasm'));

  it('passes the gradient of a window of negative values to its largest', async () => {
    const x = tf.tensor4d([-4, -1, -3, -2], [1, 2, 2, 1]);
    const gradient = tf.grad((v: tf.Tensor) => tf.sum(tf.maxPool(v as tf.Tensor4D, 2, 2, 'valid')))(x);
    expect(Array.from(await gradient.data())).toEqual([0, 1, 0, 0]);
  });

  it.each([
    [2, 2, 'valid'],
    [3, 2, 'same'],
    [3, 1, 'same'],
    [[2, 3], [2, 1], 'valid'],
  ] as const)('equals the CPU for a window of %s, stride %s, padding %s', async (window, stride, pad) => {
    await compare(
      () =>
        tf.tidy(() => [
          tf.grad((v: tf.Tensor) =>
            tf.sum(tf.square(tf.maxPool(v as tf.Tensor4D, window as number | [number, number], stride as number | [number, number], pad))),
          )(tf.tensor4d(normals(2 * 9 * 8 * 4), [2, 9, 8, 4])),
        ]),
      1e-5,
    );
  });

  it('splits nothing between equal values: the first takes all', async () => {
    await useBackend('wasm');
    const gradient = tf.grad((v: tf.Tensor) => tf.sum(tf.maxPool(v as tf.Tensor4D, 2, 2, 'valid')))(
      tf.tensor4d([5, 5, 5, 5], [1, 2, 2, 1]),
    );
    expect(Array.from(await gradient.data())).toEqual([1, 0, 0, 0]);
  });
});

describe('a convolution gradient', () => {
  it('agrees with finite differences in double precision', async () => {
    await useBackend('wasm');
    const [size, inC, outC, k, stride] = [5, 2, 3, 3, 2];
    const out = 3;
    const x = normals(size * size * inC);
    const w = normals(k * k * inC * outC, 2);
    const weight = normals(out * out * outC, 3);
    /** Direct sums over an input padded by one pixel. */
    const loss = (image: ArrayLike<number>, filter: ArrayLike<number>) => {
      let total = 0;
      for (let oy = 0; oy < out; oy++)
        for (let ox = 0; ox < out; ox++)
          for (let co = 0; co < outC; co++)
            for (let ky = 0; ky < k; ky++)
              for (let kx = 0; kx < k; kx++) {
                const [iy, ix] = [oy * stride + ky - 1, ox * stride + kx - 1];
                if (iy < 0 || ix < 0 || iy >= size || ix >= size) continue;
                for (let ci = 0; ci < inC; ci++)
                  total +=
                    (weight[(oy * out + ox) * outC + co] as number) *
                    (image[(iy * size + ix) * inC + ci] as number) *
                    (filter[((ky * k + kx) * inC + ci) * outC + co] as number);
              }
      return total;
    };
    const pad = around(1, 1, 1, 1);
    const [dx, dw] = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
      tf.sum(tf.mul(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad), tf.tensor4d(weight, [1, out, out, outC]))),
    )([tf.tensor4d(x, [1, size, size, inC]), tf.tensor4d(w, [k, k, inC, outC])]);
    await expectClose(
      dx as tf.Tensor,
      finiteDifferences((values) => loss(values, w), x, 1e-3),
      1e-5,
      'input gradient',
    );
    await expectClose(
      dw as tf.Tensor,
      finiteDifferences((values) => loss(x, values), w, 1e-3),
      1e-5,
      'filter gradient',
    );
  });
});
