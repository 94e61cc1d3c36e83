/** Sums of a gradient [rows, channels] over its rows, on WebGPU: what a bias gets. A group of threads per four channels. */
import { dispatch, fours, GROUP, kernel, type Dispatch } from '../wgsl';

/** @param sumsAt where the sums go, in vectors of four */
export function columnSums(
  { rows, channels }: { readonly rows: number; readonly channels: number },
  sumsAt: number,
  buffers: { readonly gradient: number; readonly sums: number },
): Dispatch {
  const channels4 = fours(channels);
  return dispatch(columnSumsKernel, channels4, { rows, channels4, sumsAt }, buffers);
}

/** Text that adds up a shared array of the group's threads into its first element. */
export function foldShared(...names: readonly string[]): string {
  return `  workgroupBarrier();
  for (var half = ${GROUP / 2}; half > 0; half /= 2) {
    if (lane < half) { ${names.map((name) => `${name}[lane] += ${name}[lane + half];`).join(' ')} }
    workgroupBarrier();
  }`;
}

const columnSumsKernel = kernel({
  key: 'columnSums',
  fields: { rows: 'i32', channels4: 'i32', sumsAt: 'i32' },
  buffers: { gradient: 'read vec4f', sums: 'write vec4f' },
  declarations: `var<workgroup> shares: array<vec4f, ${GROUP}>;`,
  perGroup: `
  var sum = vec4f();
  for (var row = lane; row < fields.rows; row += ${GROUP}) { sum += gradient[row * fields.channels4 + group]; }
  shares[lane] = sum;
${foldShared('shares')}
  if (lane == 0) { sums[fields.sumsAt + group] = shares[0]; }`,
});
