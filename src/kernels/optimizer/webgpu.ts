/**
 * Adam and gradient descent, plain and with momentum, on WebGPU, over all parameters in one dispatch. Filter gradients arrive in parts. The kernel adds
 * them here, always in the same order, and stores the whole gradient.
 */
import { beta1, beta2, epsilon, momentumShare } from './constants';
import { dispatch, inFours, kernel, type Dispatch } from '../wgsl';

/** Parameters start at multiples of this many vectors of four; the table has one row per block of this length. */
export const BLOCK = 16;

/**
 * Columns of the table: first part minus the block's own position, number of parts (0: the gradient is whole), distance between
 * parts.
 */
export const TABLE_COLUMNS = 4;

export const adamConstants = `const beta1 = ${beta1};
const beta2 = ${beta2};
const epsilon = ${epsilon};`;

interface SgdBuffers {
  readonly parameters: number;
  readonly gradients: number;
  readonly partials: number;
  readonly table: number;
  readonly controls: number;
}

/** @param count parameters in vectors of four */
export function sgd(count: number, buffers: SgdBuffers): Dispatch {
  return dispatch(sgdKernel, count, {}, buffers);
}

/** Gradient descent with momentum 0.9 as PyTorch has it: v = 0.9 v + g, then w = w - rate * v. */
export function momentum(count: number, buffers: SgdBuffers & { readonly velocities: number }): Dispatch {
  return dispatch(momentumKernel, count, {}, buffers);
}

/** Source: Kingma and Ba, Adam, 2015, algorithm 1; the controls contain the bias corrections. */
export function adam(count: number, buffers: SgdBuffers & { readonly first: number; readonly second: number }): Dispatch {
  return dispatch(adamKernel, count, {}, buffers);
}

const wholeGradient = `
  let parts = table[index / ${BLOCK}];
  var gradient = gradients[index];
  if (parts.y > 0) {
    gradient = vec4f();
${inFours(
  { name: 'part', from: '0', to: 'parts.y', by: '1' },
  (at, end) => `    let sum${end} = partials[parts.x + index + ${at} * parts.z];`,
  (end) => `    gradient += sum${end};`,
)}
    gradients[index] = gradient;
  }
  let value = parameters[index];
  let g = gradient + controls[2] * value;`;

const sgdKernel = kernel({
  key: 'sgd',
  fields: {},
  buffers: { parameters: 'write vec4f', gradients: 'write vec4f', partials: 'read vec4f', table: 'read vec4i', controls: 'read f32' },
  perThread: `${wholeGradient}
  parameters[index] = value - controls[0] * g;`,
});

const momentumKernel = kernel({
  key: 'momentum',
  fields: {},
  buffers: {
    parameters: 'write vec4f',
    gradients: 'write vec4f',
    velocities: 'write vec4f',
    partials: 'read vec4f',
    table: 'read vec4i',
    controls: 'read f32',
  },
  perThread: `${wholeGradient}
  let velocity = ${momentumShare} * velocities[index] + g;
  velocities[index] = velocity;
  parameters[index] = value - controls[0] * velocity;`,
});

const adamKernel = kernel({
  key: 'adam',
  fields: {},
  buffers: {
    parameters: 'write vec4f',
    gradients: 'write vec4f',
    first: 'write vec4f',
    second: 'write vec4f',
    partials: 'read vec4f',
    table: 'read vec4i',
    controls: 'read f32',
  },
  declarations: adamConstants,
  perThread: `${wholeGradient}
  let m = beta1 * first[index] + (1 - beta1) * g;
  let v = beta2 * second[index] + (1 - beta2) * g * g;
  first[index] = m;
  second[index] = v;
  parameters[index] = value - controls[0] * m / (sqrt(v * controls[1]) + epsilon);`,
});
