/** Sums a gradient [rows, channels] over its rows, on WebGPU: the gradient of a bias. One group of threads serves four channels. */
import { dispatch, fours, GROUP, inFours, kernel, type Dispatch } from '../wgsl';

/** @param sumsAt position of the sums, in vectors of four */
export function columnSums(
  { rows, channels }: { readonly rows: number; readonly channels: number },
  sumsAt: number,
  buffers: { readonly gradient: number; readonly sums: number },
): Dispatch {
  const channels4 = fours(channels);
  return dispatch(columnSumsKernel, channels4, { rows, channels4, sumsAt }, buffers);
}

/**
 * Text after which only the group's first thread continues, with `<name>` = the sum of the values that all threads left in
 * `shared_<name>`. One thread adds them all, because barriers cost more than a loop over so few values.
 */
export function foldShared(...names: readonly string[]): string {
  return `  workgroupBarrier();
  if (lane > 0) { return; }
  for (var other = 1; other < ${GROUP}; other++) {
    ${names.map((name) => `${name} += shared_${name}[other];`).join(' ')}
  }`;
}

/** Text that declares the arrays for this sum. */
export const sharedArrays = (type: 'f32' | 'vec4f', ...names: readonly string[]) =>
  names.map((name) => `var<workgroup> shared_${name}: array<${type}, ${GROUP}>;`).join('\n');

const columnSumsKernel = kernel({
  key: 'columnSums',
  fields: { rows: 'i32', channels4: 'i32', sumsAt: 'i32' },
  buffers: { gradient: 'read vec4f', sums: 'write vec4f' },
  declarations: sharedArrays('vec4f', 'sum'),
  perGroup: `
  var sum = vec4f();
${inFours(
  { name: 'row', from: 'lane', to: 'fields.rows', by: String(GROUP) },
  (at, end) => `    let value${end} = gradient[${at} * fields.channels4 + group];`,
  (end) => `    sum += value${end};`,
)}
  shared_sum[lane] = sum;
${foldShared('sum')}
  sums[fields.sumsAt + group] = sum;`,
});
