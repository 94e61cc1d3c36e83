/**
 * Convolution on WebGPU: output[n, y, x, f] = bias[f] + sum over ky, kx, c of
 * input[n, y * stride - top + ky, x * stride - left + kx, c] * kernel[ky, kx, c, f].
 *
 * Channels and filters come in vectors of four. A thread works out a row of pixels times eight filters; it reads each input
 * pixel of a row once for all columns of the kernel.
 */
import { dispatch, fours, kernel, repeat, type Dispatch } from '../wgsl';
import { pixelsFor } from '../tiles';
import { columnEdges, columnsOf, readColumns, type Edges } from '../columns';

/** Sizes of a convolution; `pictures` are as many as the batch, or 1 where rows of pixels do not matter. */
export interface ConvolutionShape {
  readonly pictures: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filters: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly top: number;
  readonly left: number;
}

export interface ConvolutionBuffers {
  readonly input: number;
  readonly parameters: number;
  readonly output: number;
}

/** @param at where the kernel and the bias start among the parameters, in vectors of four; -1 without a bias */
export function conv2d(
  shape: ConvolutionShape,
  at: { readonly kernel: number; readonly bias: number },
  buffers: ConvolutionBuffers,
): Dispatch {
  const pixels = pixelsFor(shape.outWidth);
  const tiles = Math.ceil(shape.outWidth / pixels);
  const filters4 = fours(shape.filters);
  return dispatch(
    conv2dKernel(shape.kernel[1], shape.stride[1], pixels, columnEdges(shape, pixels)),
    shape.pictures * shape.outHeight * tiles * Math.ceil(filters4 / 2),
    {
      height: shape.height,
      width: shape.width,
      channels4: fours(shape.channels),
      outHeight: shape.outHeight,
      outWidth: shape.outWidth,
      filters4,
      tiles,
      kernelHeight: shape.kernel[0],
      down: shape.stride[0],
      right: shape.stride[1],
      top: shape.top,
      left: shape.left,
      kernelAt: at.kernel,
      biasAt: at.bias,
    },
    buffers,
  );
}

export function conv2dKernel(width: number, stride: number, pixels: number, edges: Edges) {
  const columns = columnsOf(width, stride, pixels);
  return kernel({
    key: `conv2d width ${width} stride ${columns.key} pixels ${pixels} edges ${edges.before},${edges.after}`,
    fields: {
      height: 'i32',
      width: 'i32',
      channels4: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      filters4: 'i32',
      tiles: 'i32',
      kernelHeight: 'i32',
      down: 'i32',
      right: 'i32',
      top: 'i32',
      left: 'i32',
      kernelAt: 'i32',
      biasAt: 'i32',
    },
    buffers: { input: 'read vec4f', parameters: 'read vec4f', output: 'write vec4f' },
    perThread: `
  let blocks = (fields.filters4 + 1) / 2;
  let filter4 = (index % blocks) * 2;
  let x = (index / blocks % fields.tiles) * ${pixels};
  let line = index / (blocks * fields.tiles);
  let y = line % fields.outHeight;
  let picture = line / fields.outHeight;
  let start = x * ${columns.stride} - fields.left;
  var bias0 = vec4f();
  var bias1 = vec4f();
  if (fields.biasAt >= 0) {
    bias0 = parameters[fields.biasAt + filter4];
    bias1 = parameters[fields.biasAt + filter4 + 1];
  }
${repeat(pixels, (i) => `  var a${i} = bias0; var b${i} = bias1;`)}
  for (var ky = 0; ky < fields.kernelHeight; ky++) {
    let row = y * fields.down - fields.top + ky;
    if (row < 0 || row >= fields.height) { continue; }
    for (var c = 0; c < fields.channels4; c++) {
      let origin = ((picture * fields.height + row) * fields.width + start) * fields.channels4 + c;
${readColumns(columns, edges, 'v', (place) => `input[origin + ${place} * fields.channels4]`, 'start', 'fields.width')}
      var weights = fields.kernelAt + (ky * ${width} * fields.channels4 + c) * 4 * fields.filters4 + filter4;
${repeat(
  width,
  (kx) => `${repeat(
    4,
    (lane) => `      {
        let w0 = parameters[weights + ${lane} * fields.filters4];
        let w1 = parameters[weights + ${lane} * fields.filters4 + 1];
${repeat(pixels, (i) => `        a${i} += v${columns.met(i, kx)}.${'xyzw'[lane]} * w0; b${i} += v${columns.met(i, kx)}.${'xyzw'[lane]} * w1;`)}
      }`,
  )}
      weights += 4 * fields.channels4 * fields.filters4;`,
)}
    }
  }
  let to = (line * fields.outWidth + x) * fields.filters4 + filter4;
  let second = filter4 + 1 < fields.filters4;
${repeat(
  pixels,
  (i) => `  if (x + ${i} < fields.outWidth) {
    output[to + ${i} * fields.filters4] = a${i};
    if (second) { output[to + ${i} * fields.filters4 + 1] = b${i}; }
  }`,
)}`,
  });
}
