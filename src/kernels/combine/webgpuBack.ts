/**
 * The combine operation on WebGPU, backward. `combineBackSums` adds up the gradient over the batch, `combineGradients` turns
 * the sums into gradients of scales, offsets and weights and into coefficients, `combineBackApply` computes the gradients of
 * the inputs.
 */
import { foldShared, sharedArrays } from '../columnSums/webgpu';
import { dispatch, GROUP, inFours, kernel, repeat, type Dispatch } from '../wgsl';
import { readBranch, readMask } from './branches';
import {
  branchFields,
  branchFieldTypes,
  branchInputs,
  coefficient,
  forPixels,
  NO_BOUND,
  numbered,
  pixelThreads,
  readCoefficients,
  setCoefficient,
  sizes,
  sumSplits,
  type AppliedBranch,
  type CombineShape,
} from './webgpu';

interface OutputBuffers {
  readonly gradient: number;
  /** The output when a ReLU ends the operation, null otherwise: it shows where the ReLU set a value to 0. */
  readonly output: number | null;
  readonly coefficients: number;
}

/** When no output is needed, any buffer that the kernel reads anyway takes its place. */
function outputBuffers({ gradient, output, coefficients }: OutputBuffers) {
  return { gradient, output: output ?? gradient, coefficients };
}

const outputBound = ({ output }: OutputBuffers) => ({ bound: output === null ? NO_BOUND : 0 });

const outputUses = { gradient: 'read vec4f', output: 'read vec4f', coefficients: 'read vec4f' } as const;

/** Text of the gradient that passes the final ReLU at `at`. */
const outputGradient = (at = 'at') => `select(vec4f(), gradient[${at}], output[${at}] > vec4f(fields.bound))`;

/** Text of the gradient that reaches branch `i`: 0 where a ReLU set its value to 0. */
const branchGradient = (i: number, end = '') => `select(vec4f(), g${end}, v${i}${end} * scale${i} + offset${i} > vec4f(fields.bound${i}))`;

/** @param branches with a batch norm, a mask or a weight, and the position of each one's sums */
export function combineBackSums(
  shape: CombineShape,
  branches: readonly (AppliedBranch & { readonly sums: number })[],
  buffers: OutputBuffers & { readonly partials: number },
): Dispatch {
  const splits = sumSplits(shape);
  return dispatch(
    combineBackSumsKernel(branches.length),
    splits * shape.channels4,
    {
      ...sizes(shape),
      splits,
      ...outputBound(buffers),
      ...numbered(branches.length, 'sums', (i) => branches[i]?.sums as number),
      ...branchFields(branches),
    } as Record<string, number>,
    { ...branchInputs(branches), ...outputBuffers(buffers), partials: buffers.partials } as Record<string, number>,
  );
}

/** Per branch, split and channel: the sums of g and of g * (x - mean). */
function combineBackSumsKernel(count: number) {
  return kernel<string, string>({
    key: `combineBackSums ${count}`,
    fields: {
      pixels: 'i32',
      channels4: 'i32',
      splits: 'i32',
      bound: 'f32',
      ...numbered(count, 'sums', () => 'i32' as const),
      ...branchFieldTypes(count),
    },
    buffers: { ...numbered(count, 'x', () => 'read vec4f' as const), ...outputUses, partials: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
  let split = index / fields.channels4;
${repeat(count, (i) => `${readCoefficients(i, ['mean', 'scale', 'offset'])}\n  var sum${i} = vec4f(); var products${i} = vec4f();`)}
${inFours(
  { name: 'pixel', from: 'split', to: 'fields.pixels', by: 'fields.splits' },
  (at, end) => `    let at${end} = ${at} * fields.channels4 + c;
    let g${end} = ${outputGradient(`at${end}`)};
${repeat(count, (i) => `    let v${i}${end} = x${i}[at${end}];`)}`,
  (end) =>
    repeat(
      count,
      (i) => `    let g${i}${end} = ${branchGradient(i, end)};
    sum${i} += g${i}${end}; products${i} += g${i}${end} * (v${i}${end} - mean${i});`,
    ),
)}
${repeat(
  count,
  (i) => `  partials[fields.sums${i} + index] = sum${i};
  partials[fields.sums${i} + fields.splits * fields.channels4 + index] = products${i};`,
)}`,
  });
}

/** @param branches number of rows in the table: branches with a batch norm, a mask or a weight */
export function combineGradients(
  shape: CombineShape,
  branches: number,
  buffers: Readonly<Record<'partials' | 'parameters' | 'weights' | 'table' | 'coefficients' | 'gradients' | 'shares', number>>,
): Dispatch {
  return dispatch(combineGradientsKernel, branches * shape.channels4, { ...sizes(shape), splits: sumSplits(shape) }, buffers);
}

/**
 * A group of threads per branch and vector of channels. With G = sum g, H = sum g (x - mean), n pixels,
 * i = 1 / sqrt(variance + epsilon), w the branch's weight, m the mask: dgamma = w m i H, dbeta = w m G,
 * dw = sum of m (gamma i H + beta G), dm = w (gamma i H + beta G), dx = w m gamma i (g - G / n - (x - mean) i^2 H / n).
 * Without batch norm: dw = sum of m H, dm = w H, dx = w m g.
 */
const combineGradientsKernel = kernel({
  key: 'combineGradients',
  fields: { pixels: 'i32', channels4: 'i32', splits: 'i32' },
  buffers: {
    partials: 'read vec4f',
    parameters: 'read vec4f',
    weights: 'read f32',
    table: 'read i32',
    coefficients: 'write vec4f',
    gradients: 'write vec4f',
    shares: 'write f32',
  },
  declarations: sharedArrays('vec4f', 'total', 'product'),
  perGroup: `
  let branch = group / fields.channels4;
  let c = group % fields.channels4;
${readBranch(['normalized', 'coefficientsAt', 'sumsAt', 'gammaAt', 'betaAt', 'candidate', 'sharesAt', 'maskAt', 'maskGradientAt'])}
  var total = vec4f();
  var product = vec4f();
  for (var split = lane; split < fields.splits; split += ${GROUP}) {
    total += partials[sumsAt + split * fields.channels4 + c];
    product += partials[sumsAt + (fields.splits + split) * fields.channels4 + c];
  }
  shared_total[lane] = total;
  shared_product[lane] = product;
${foldShared('total', 'product')}
  var weight = 1.0;
  if (candidate >= 0) { weight = weights[candidate]; }
${readMask}
  var share = product;
  var slope = weight * mask;
  var curve = vec4f();
  var shift = vec4f();
  if (normalized != 0) {
    let pixels = f32(fields.pixels);
    let mean = ${coefficient('coefficientsAt', 'mean')};
    let inverse = ${coefficient('coefficientsAt', 'inverse')};
    let gamma = parameters[gammaAt + c];
    slope = weight * mask * gamma * inverse;
    curve = -slope * inverse * inverse * product / pixels;
    shift = -slope * total / pixels - curve * mean;
    share = gamma * inverse * product + parameters[betaAt + c] * total;
    gradients[gammaAt + c] = weight * mask * inverse * product;
    gradients[betaAt + c] = weight * mask * total;
  }
  if (candidate >= 0) { shares[sharesAt + c] = dot(mask, share); }
  if (maskAt >= 0) {
    for (var i = 0; i < 4; i++) { shares[maskGradientAt + 4 * c + i] = weight * share[i]; }
  }
${setCoefficient('slope', 'slope')}
${setCoefficient('curve', 'curve')}
${setCoefficient('shift', 'shift')}`,
});

/** @param branches whose inputs need a gradient, and the buffer of each gradient; no two may share a buffer */
export function combineBackApply(
  shape: CombineShape,
  branches: readonly (AppliedBranch & { readonly result: number; readonly accumulate: boolean })[],
  buffers: OutputBuffers,
): Dispatch {
  const { length } = branches;
  const threads = pixelThreads(shape);
  return dispatch(
    combineBackApplyKernel(length),
    threads * shape.channels4,
    {
      ...sizes(shape),
      threads,
      ...outputBound(buffers),
      ...numbered(length, 'accumulate', (i) => Number(branches[i]?.accumulate)),
      ...branchFields(branches),
    } as Record<string, number>,
    {
      ...branchInputs(branches),
      ...numbered(length, 'dx', (i) => branches[i]?.result as number),
      ...outputBuffers(buffers),
    } as Record<string, number>,
  );
}

function combineBackApplyKernel(count: number) {
  return kernel<string, string>({
    key: `combineBackApply ${count}`,
    fields: {
      pixels: 'i32',
      channels4: 'i32',
      threads: 'i32',
      bound: 'f32',
      ...numbered(count, 'accumulate', () => 'i32' as const),
      ...branchFieldTypes(count),
    },
    buffers: {
      ...numbered(count, 'x', () => 'read vec4f' as const),
      ...numbered(count, 'dx', () => 'write vec4f' as const),
      ...outputUses,
    },
    perThread: forPixels(
      repeat(count, (i) => readCoefficients(i, ['scale', 'offset', 'slope', 'curve', 'shift'])),
      `    let g = ${outputGradient()};
${repeat(
  count,
  (i) => `    let v${i} = x${i}[at];
    var d${i} = ${branchGradient(i)} * slope${i} + (v${i} * curve${i} + shift${i});
    if (fields.accumulate${i} != 0) { d${i} += dx${i}[at]; }
    dx${i}[at] = d${i};`,
)}`,
    ),
  });
}
