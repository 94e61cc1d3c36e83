/**
 * The combine operation on WebGPU, forward: y = [relu] sum over branches of weight * [relu] mask * [batch norm] x.
 *
 * Every branch is written as x * scale + offset with coefficients per channel, with or without a batch norm; a ReLU is a lower
 * bound of 0. `combineSums` sums the inputs over the batch, `combineStatistics` turns the sums into coefficients, `combineApply`
 * computes the output.
 */
import { foldShared, sharedArrays } from '../columnSums/webgpu';
import { dispatch, GROUP, inFours, kernel, repeat, type Dispatch } from '../wgsl';
import type { Tiles } from '../tiles';
import { readBranch, readMask, type CoefficientRow } from './branches';
import { Coefficient } from './fields';

/** The lowest float32, as a lower bound that never takes effect. */
export const NO_BOUND = -3.4028234663852886e38;

/** Pixels of the whole batch, vectors of four channels, and how the work is divided. */
export interface CombineShape {
  readonly pixels: number;
  readonly channels4: number;
  readonly tiles: Tiles;
}

/** The shape as the kernels' fields. */
export const sizes = ({ pixels, channels4 }: CombineShape) => ({ pixels, channels4 });

/** Number of partial sums for a batch. */
export function sumSplits({ pixels, tiles }: CombineShape): number {
  return Math.max(1, Math.min(tiles.sumSplits, Math.floor(pixels / tiles.sumPixels)));
}

/** Vectors in the partial sums of a branch: two sums per split, and the shift of the deviations. */
export function sumsSize(shape: CombineShape): number {
  return (2 * sumSplits(shape) + 1) * shape.channels4;
}

/** `<name>0`, `<name>1`, ... with one value each. */
export const numbered = <Type>(count: number, name: string, value: (index: number) => Type): Record<string, Type> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value(index)]));

/**
 * Distributes branches over kernels that only read them. A kernel exists for one branch and for several, so that few need
 * compiling; if a kernel has more room than there are branches, `nothing` fills it.
 *
 * @param others storage buffers that such a kernel takes beside the inputs
 */
export function dealBranches<Branch>(
  branches: readonly Branch[],
  nothing: (like: Branch) => Branch,
  { branches: most, storageBuffers, others }: { readonly branches: number; readonly storageBuffers: number; readonly others: number },
): Branch[][] {
  const room = Math.min(most, storageBuffers - others);
  return Array.from({ length: Math.ceil(branches.length / room) }, (_, index) => {
    const [first, ...more] = branches.slice(index * room, (index + 1) * room) as [Branch, ...Branch[]];
    if (more.length === 0) return [first];
    return [first, ...more, ...Array.from({ length: room - 1 - more.length }, () => nothing(first))];
  });
}

/** Inputs of all branches, under the names that the kernels use. */
export const branchInputs = (branches: readonly { readonly input: number }[]) =>
  numbered(branches.length, 'x', (i) => branches[i]?.input as number);

/** @param branches inputs with batch norm, and the position of each one's sums */
export function combineSums(
  shape: CombineShape,
  branches: readonly { readonly input: number; readonly sums: number }[],
  partials: number,
): Dispatch {
  const splits = sumSplits(shape);
  return dispatch(
    combineSumsKernel(branches.length),
    splits * shape.channels4,
    { ...sizes(shape), splits, ...numbered(branches.length, 'sums', (i) => branches[i]?.sums as number) } as Record<string, number>,
    { ...branchInputs(branches), partials } as Record<string, number>,
  );
}

/** Deviations are taken from the first pixel, which is close enough to the mean that squares do not cancel. */
function combineSumsKernel(count: number) {
  return kernel<string, string>({
    key: `combineSums ${count}`,
    fields: { pixels: 'i32', channels4: 'i32', splits: 'i32', ...numbered(count, 'sums', () => 'i32' as const) },
    buffers: { ...numbered(count, 'x', () => 'read vec4f' as const), partials: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
  let split = index / fields.channels4;
${repeat(count, (i) => `  let shift${i} = x${i}[c]; var sum${i} = vec4f(); var squares${i} = vec4f();`)}
${inFours(
  { name: 'pixel', from: 'split', to: 'fields.pixels', by: 'fields.splits' },
  (at, end) => repeat(count, (i) => `    let d${i}${end} = x${i}[${at} * fields.channels4 + c] - shift${i};`),
  (end) => repeat(count, (i) => `    sum${i} += d${i}${end}; squares${i} += d${i}${end} * d${i}${end};`),
)}
${repeat(
  count,
  (i) => `  partials[fields.sums${i} + index] = sum${i};
  partials[fields.sums${i} + fields.splits * fields.channels4 + index] = squares${i};
  if (split == 0) { partials[fields.sums${i} + 2 * fields.splits * fields.channels4 + c] = shift${i}; }`,
)}`,
  });
}

/**
 * @param branches number of rows in the table: branches with a batch norm, a mask or a weight
 * @param source whether batch norms use the sums over the batch, or the running statistics, which then stay unchanged
 */
export function combineStatistics(
  shape: CombineShape,
  branches: number,
  source: 'batch' | 'running',
  buffers: Readonly<Record<'partials' | 'parameters' | 'running' | 'weights' | 'table' | 'coefficients', number>>,
): Dispatch {
  return dispatch(
    combineStatisticsKernel,
    branches * shape.channels4,
    { ...sizes(shape), splits: source === 'batch' ? sumSplits(shape) : 0 },
    buffers,
  );
}

/** Text that writes one coefficient of channel vector `c`. */
export const setCoefficient = (row: CoefficientRow, value: string) =>
  `  coefficients[coefficientsAt + ${Coefficient[row]} * fields.channels4 + c] = ${value};`;

/** Text that reads one coefficient of channel vector `c`. */
export const coefficient = (at: string, row: CoefficientRow) => `coefficients[${at} + ${Coefficient[row]} * fields.channels4 + c]`;

/**
 * One group of threads per branch and vector of channels. Running statistics keep the share `momentum` of their old value. Without
 * splits the running statistics replace the batch's.
 */
const combineStatisticsKernel = kernel({
  key: 'combineStatistics',
  fields: { pixels: 'i32', channels4: 'i32', splits: 'i32' },
  buffers: {
    partials: 'read vec4f',
    parameters: 'read vec4f',
    running: 'write vec4f',
    weights: 'read f32',
    table: 'read i32',
    coefficients: 'write vec4f',
  },
  declarations: sharedArrays('vec4f', 'sum', 'square'),
  perGroup: `
  let branch = group / fields.channels4;
  let c = group % fields.channels4;
${readBranch(['normalized', 'coefficientsAt', 'sumsAt', 'gammaAt', 'betaAt', 'movingMeanAt', 'movingVarianceAt', 'candidate', 'maskAt', 'momentum', 'epsilon'])}
  var sum = vec4f();
  var square = vec4f();
  if (normalized != 0) {
    for (var split = lane; split < fields.splits; split += ${GROUP}) {
      sum += partials[sumsAt + split * fields.channels4 + c];
      square += partials[sumsAt + (fields.splits + split) * fields.channels4 + c];
    }
  }
  shared_sum[lane] = sum;
  shared_square[lane] = square;
${foldShared('sum', 'square')}
  var weight = 1.0;
  if (candidate >= 0) { weight = weights[candidate]; }
${readMask}
  var mean = vec4f();
  var inverse = vec4f();
  var scale = mask;
  var offset = vec4f();
  if (normalized != 0) {
    var variance: vec4f;
    if (fields.splits == 0) {
      mean = running[movingMeanAt + c];
      variance = running[movingVarianceAt + c];
    } else {
      let pixels = f32(fields.pixels);
      let deviation = sum / pixels;
      mean = partials[sumsAt + 2 * fields.splits * fields.channels4 + c] + deviation;
      variance = max(square / pixels - deviation * deviation, vec4f());
      running[movingMeanAt + c] = running[movingMeanAt + c] * momentum + mean * (1 - momentum);
      running[movingVarianceAt + c] = running[movingVarianceAt + c] * momentum + variance * (1 - momentum);
    }
    inverse = 1 / sqrt(variance + epsilon);
    scale = mask * parameters[gammaAt + c] * inverse;
    offset = mask * parameters[betaAt + c] - mean * scale;
  }
${setCoefficient('mean', 'mean')}
${setCoefficient('inverse', 'inverse')}
${setCoefficient('scale', 'scale')}
${setCoefficient('offset', 'offset')}
${setCoefficient('weightedScale', 'scale * weight')}
${setCoefficient('weightedOffset', 'offset * weight')}`,
});

/** A branch of `combineApply`: the position of its coefficients, and whether a ReLU ends it. */
export interface AppliedBranch {
  readonly input: number;
  readonly coefficients: number;
  readonly relu: boolean;
}

/** Threads that divide the pixels of a batch among them, per vector of channels. */
export const pixelThreads = ({ pixels, tiles }: CombineShape): number => Math.ceil(pixels / tiles.combinePixels);

/**
 * Text that runs `body` for each of a thread's pixels. `index` is the thread's number and `at` the pixel's position. Coefficients
 * are read once.
 */
export const forPixels = (before: string, body: string) => `
  let c = index % fields.channels4;
${before}
  for (var pixel = index / fields.channels4; pixel < fields.pixels; pixel += fields.threads) {
    let at = pixel * fields.channels4 + c;
${body}
  }`;

/**
 * @param accumulate whether to add to the output instead of replacing it, for branches that do not fit one kernel
 * @param relu whether a ReLU ends the operation
 */
export function combineApply(
  shape: CombineShape,
  branches: readonly AppliedBranch[],
  { accumulate, relu }: { readonly accumulate: boolean; readonly relu: boolean },
  buffers: { readonly coefficients: number; readonly output: number },
): Dispatch {
  const threads = pixelThreads(shape);
  return dispatch(
    combineApplyKernel(branches.length),
    threads * shape.channels4,
    { ...sizes(shape), threads, accumulate: Number(accumulate), bound: relu ? 0 : NO_BOUND, ...branchFields(branches) } as Record<
      string,
      number
    >,
    { ...branchInputs(branches), ...buffers } as Record<string, number>,
  );
}

/** The position of each branch's coefficients, and the lower bound that its ReLU sets. */
export const branchFields = (branches: readonly AppliedBranch[]): Record<string, number> => ({
  ...numbered(branches.length, 'at', (i) => branches[i]?.coefficients as number),
  ...numbered(branches.length, 'bound', (i) => (branches[i]?.relu ? 0 : NO_BOUND)),
});

export const branchFieldTypes = (count: number) => ({
  ...numbered(count, 'at', () => 'i32' as const),
  ...numbered(count, 'bound', () => 'f32' as const),
});

/** Text that reads some of a branch's coefficients into constants named after them. */
export const readCoefficients = (i: number, rows: readonly CoefficientRow[]) =>
  rows.map((row) => `  let ${row}${i} = ${coefficient(`fields.at${i}`, row)};`).join('\n');

function combineApplyKernel(count: number) {
  return kernel<string, string>({
    key: `combineApply ${count}`,
    fields: { pixels: 'i32', channels4: 'i32', threads: 'i32', accumulate: 'i32', bound: 'f32', ...branchFieldTypes(count) },
    buffers: { ...numbered(count, 'x', () => 'read vec4f' as const), coefficients: 'read vec4f', output: 'write vec4f' },
    perThread: forPixels(
      repeat(count, (i) => readCoefficients(i, ['weightedScale', 'weightedOffset'])),
      `    var y = vec4f();
    if (fields.accumulate != 0) { y = output[at]; }
${repeat(count, (i) => `    y += max(x${i}[at] * weightedScale${i} + weightedOffset${i}, vec4f(fields.bound${i}));`)}
    output[at] = max(y, vec4f(fields.bound));`,
    ),
  });
}
