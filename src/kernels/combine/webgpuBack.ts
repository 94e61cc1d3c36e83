/**
 * The combine operation on WebGPU, backward. `combineBackSums` adds up the gradient over the batch, `combineGradients` turns
 * the sums into gradients of scales, offsets and weights and into coefficients, `combineBackApply` computes the gradients of
 * the inputs.
 */
import { foldShared } from '../columnSums/webgpu';
import { dispatch, GROUP, kernel, repeat, type Dispatch } from '../wgsl';
import { readBranch } from './branches';
import { coefficient, NO_BOUND, numbered, setCoefficient, sumSplits, type AppliedBranch, type CombineShape } from './webgpu';

interface OutputBuffers {
  readonly gradient: number;
  /** Read only when a ReLU ends the operation. */
  readonly output: number;
  readonly coefficients: number;
}

/** The gradient that reaches branch `i` at `at`, as text: nothing where a ReLU held the value down. */
const branchGradient = (i: number, value: string, gradient: string) =>
  `select(vec4f(), ${gradient}, ${value} * ${coefficient(`fields.at${i}`, 'scale')} + ${coefficient(`fields.at${i}`, 'offset')} > vec4f(fields.bound${i}))`;

const outputGradient = (relu: boolean, at: string) =>
  relu ? `select(vec4f(), gradient[${at}], output[${at}] > vec4f())` : `gradient[${at}]`;

const outputBuffers = (relu: boolean) => ({
  gradient: 'read vec4f' as const,
  ...(relu && { output: 'read vec4f' as const }),
  coefficients: 'read vec4f' as const,
});

/** @param branches with a batch norm or a weight, and where the sums of each start */
export function combineBackSums(
  shape: CombineShape,
  branches: readonly (AppliedBranch & { readonly sums: number })[],
  relu: boolean,
  buffers: OutputBuffers & { readonly partials: number },
): Dispatch {
  const { length } = branches;
  const splits = sumSplits(shape);
  return dispatch(
    combineBackSumsKernel(length, relu),
    splits * shape.channels4,
    {
      ...shape,
      splits,
      ...numbered(length, 'sums', (i) => branches[i]?.sums as number),
      ...branchFields(branches),
    } as Record<string, number>,
    { ...numbered(length, 'x', (i) => branches[i]?.input as number), ...buffers } as Record<string, number>,
  );
}

function branchFields(branches: readonly AppliedBranch[]): Record<string, number> {
  return {
    ...numbered(branches.length, 'at', (i) => branches[i]?.coefficients as number),
    ...numbered(branches.length, 'bound', (i) => (branches[i]?.relu ? 0 : NO_BOUND)),
  };
}

const branchFieldTypes = (count: number) => ({
  ...numbered(count, 'at', () => 'i32' as const),
  ...numbered(count, 'bound', () => 'f32' as const),
});

/** Per branch, split and channel: the sums of g and of g * (x - mean). */
export function combineBackSumsKernel(count: number, relu: boolean) {
  return kernel<string, string>({
    key: `combineBackSums ${count}${relu ? ' relu' : ''}`,
    fields: {
      pixels: 'i32',
      channels4: 'i32',
      splits: 'i32',
      ...numbered(count, 'sums', () => 'i32' as const),
      ...branchFieldTypes(count),
    },
    buffers: { ...numbered(count, 'x', () => 'read vec4f' as const), ...outputBuffers(relu), partials: 'write vec4f' },
    perThread: `
  let c = index % fields.channels4;
  let split = index / fields.channels4;
${repeat(
  count,
  (i) => `  let mean${i} = ${coefficient(`fields.at${i}`, 'mean')};
  let scale${i} = ${coefficient(`fields.at${i}`, 'scale')};
  let offset${i} = ${coefficient(`fields.at${i}`, 'offset')};
  var sum${i} = vec4f(); var products${i} = vec4f();`,
)}
  for (var pixel = split; pixel < fields.pixels; pixel += fields.splits) {
    let at = pixel * fields.channels4 + c;
    let g = ${outputGradient(relu, 'at')};
${repeat(
  count,
  (i) => `    let v${i} = x${i}[at];
    let g${i} = select(vec4f(), g, v${i} * scale${i} + offset${i} > vec4f(fields.bound${i}));
    sum${i} += g${i}; products${i} += g${i} * (v${i} - mean${i});`,
)}
  }
${repeat(
  count,
  (i) => `  partials[fields.sums${i} + index] = sum${i};
  partials[fields.sums${i} + fields.splits * fields.channels4 + index] = products${i};`,
)}`,
  });
}

/** @param branches number of rows in the table: branches with a batch norm or a weight */
export function combineGradients(
  shape: CombineShape,
  branches: number,
  buffers: Readonly<Record<'partials' | 'parameters' | 'weights' | 'table' | 'coefficients' | 'gradients' | 'shares', number>>,
): Dispatch {
  return dispatch(combineGradientsKernel, branches * shape.channels4, { ...shape, splits: sumSplits(shape) }, buffers);
}

/**
 * A group of threads per branch and vector of channels. With G = sum g, H = sum g (x - mean), n pixels,
 * i = 1 / sqrt(variance + epsilon), w the branch's weight: dgamma = w i H, dbeta = w G, dw = sum of gamma i H + beta G,
 * dx = w gamma i (g - G / n - (x - mean) i^2 H / n). Without batch norm: dw = sum of H, dx = w g.
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
  declarations: `var<workgroup> totals: array<vec4f, ${GROUP}>;
var<workgroup> products: array<vec4f, ${GROUP}>;`,
  perGroup: `
  let branch = group / fields.channels4;
  let c = group % fields.channels4;
${readBranch(['normalized', 'coefficientsAt', 'sumsAt', 'gammaAt', 'betaAt', 'candidate', 'sharesAt'])}
  var total = vec4f();
  var product = vec4f();
  for (var split = lane; split < fields.splits; split += ${GROUP}) {
    total += partials[sumsAt + split * fields.channels4 + c];
    product += partials[sumsAt + (fields.splits + split) * fields.channels4 + c];
  }
  totals[lane] = total;
  products[lane] = product;
${foldShared('totals', 'products')}
  if (lane > 0) { return; }
  total = totals[0];
  product = products[0];
  var weight = 1.0;
  if (candidate >= 0) { weight = weights[candidate]; }
  var share = product;
  var slope = vec4f(weight);
  var curve = vec4f();
  var shift = vec4f();
  if (normalized != 0) {
    let pixels = f32(fields.pixels);
    let mean = ${coefficient('coefficientsAt', 'mean')};
    let inverse = ${coefficient('coefficientsAt', 'inverse')};
    let gamma = parameters[gammaAt + c];
    slope = weight * gamma * inverse;
    curve = -slope * inverse * inverse * product / pixels;
    shift = -slope * total / pixels - curve * mean;
    share = gamma * inverse * product + parameters[betaAt + c] * total;
    gradients[gammaAt + c] = weight * inverse * product;
    gradients[betaAt + c] = weight * total;
  }
  if (candidate >= 0) { shares[sharesAt + c] = share.x + share.y + share.z + share.w; }
${setCoefficient('slope', 'slope')}
${setCoefficient('curve', 'curve')}
${setCoefficient('shift', 'shift')}`,
});

/** @param branches whose inputs need a gradient, and the buffer that each goes to; no two go to the same */
export function combineBackApply(
  shape: CombineShape,
  branches: readonly (AppliedBranch & { readonly result: number; readonly accumulate: boolean })[],
  relu: boolean,
  buffers: OutputBuffers,
): Dispatch {
  const { length } = branches;
  return dispatch(
    combineBackApplyKernel(length, relu),
    shape.pixels * shape.channels4,
    {
      ...shape,
      ...numbered(length, 'accumulate', (i) => Number(branches[i]?.accumulate)),
      ...branchFields(branches),
    } as Record<string, number>,
    {
      ...numbered(length, 'x', (i) => branches[i]?.input as number),
      ...numbered(length, 'dx', (i) => branches[i]?.result as number),
      ...buffers,
    } as Record<string, number>,
  );
}

/** Storage buffers that a kernel for so many branches takes. */
export const backApplyBuffers = (count: number, relu: boolean): number => 2 * count + (relu ? 3 : 2);

/** A thread per vector of four channels of a pixel. */
export function combineBackApplyKernel(count: number, relu: boolean) {
  return kernel<string, string>({
    key: `combineBackApply ${count}${relu ? ' relu' : ''}`,
    fields: {
      pixels: 'i32',
      channels4: 'i32',
      ...numbered(count, 'accumulate', () => 'i32' as const),
      ...branchFieldTypes(count),
    },
    buffers: {
      ...numbered(count, 'x', () => 'read vec4f' as const),
      ...numbered(count, 'dx', () => 'write vec4f' as const),
      ...outputBuffers(relu),
    },
    perThread: `
  let c = index % fields.channels4;
  let g = ${outputGradient(relu, 'index')};
${repeat(
  count,
  (i) => `  let v${i} = x${i}[index];
  var d${i} = ${branchGradient(i, `v${i}`, 'g')} * ${coefficient(`fields.at${i}`, 'slope')} + (v${i} * ${coefficient(`fields.at${i}`, 'curve')} + ${coefficient(`fields.at${i}`, 'shift')});
  if (fields.accumulate${i} != 0) { d${i} += dx${i}[index]; }
  dx${i}[index] = d${i};`,
)}`,
  });
}
