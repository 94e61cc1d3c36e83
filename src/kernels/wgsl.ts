/**
 * WebGPU kernels as plain data: a shader's text, the fields that it reads from a uniform, and its buffers. Nothing here touches a
 * device, so a training step can be planned, counted and tested without one.
 */

/** Sizes and offsets are integers; all other fields (a momentum, a bound) are real. */
type FieldType = 'i32' | 'f32';
type ElementType = 'f32' | 'i32' | 'vec4f' | 'vec4i' | 'mat4x4f';

/** A storage buffer of a kernel. Kernels that run at the same time may share buffers that they only read. */
export type BufferUse = `${'read' | 'write'} ${ElementType}`;

export interface Kernel<Field extends string = string, Name extends string = string> {
  /** The operation and everything that is baked into the text; each key has one pipeline. */
  readonly key: string;
  readonly code: string;
  readonly fields: Readonly<Record<Field, FieldType>>;
  /** In the order of their bindings, which start at 1; the fields are binding 0. */
  readonly buffers: Readonly<Record<Name, BufferUse>>;
  readonly unit: 'thread' | 'group';
}

/** Threads of a workgroup, in all kernels. */
export const GROUP = 64;

export interface KernelText<Field extends string, Name extends string> {
  readonly key: string;
  readonly fields: Readonly<Record<Field, FieldType>>;
  readonly buffers: Readonly<Record<Name, BufferUse>>;
  /** Declarations before the entry point. */
  readonly declarations?: string;
  /** Runs once per thread; `index` is the thread's number. */
  readonly perThread?: string;
  /** Runs on all threads of a group; `group` is the group's number and `lane` the thread's number in it. */
  readonly perGroup?: string;
}

/** Completes a kernel's text: declares fields and buffers, and numbers the threads. */
export function kernel<Field extends string, Name extends string>(text: KernelText<Field, Name>): Kernel<Field, Name> {
  const { key, fields, buffers, declarations = '', perThread, perGroup } = text;
  const members = Object.entries<FieldType>(fields).map(([name, type]) => `  ${name}: ${type},`);
  const bindings = Object.entries<BufferUse>(buffers).map(([name, use], index) => {
    const [access, element] = use.split(' ') as ['read' | 'write', ElementType];
    return `@group(0) @binding(${index + 1}) var<storage, ${access === 'read' ? 'read' : 'read_write'}> ${name}: array<${element}>;`;
  });
  const body =
    perThread === undefined
      ? `  let group = i32(groupId.y * groupCount.x + groupId.x);
  if (group >= fields.count) { return; }
${perGroup ?? ''}`
      : `  let index = i32((groupId.y * groupCount.x + groupId.x) * ${GROUP}u) + lane;
  if (index >= fields.count) { return; }
${perThread}`;
  const code = `struct Fields {
  count: i32,
${members.join('\n')}
}
@group(0) @binding(0) var<uniform> fields: Fields;
${bindings.join('\n')}
${declarations}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) groupId: vec3u, @builtin(num_workgroups) groupCount: vec3u, @builtin(local_invocation_index) laneId: u32) {
  let lane = i32(laneId);
${body}
}
`;
  return { key, code, fields, buffers, unit: perThread === undefined ? 'group' : 'thread' };
}

/** One run of a kernel. */
export interface Dispatch {
  readonly kernel: Kernel;
  /** The uniform's contents; reals are stored as their bits. */
  readonly fields: Int32Array;
  /** Numbers of buffers in the kernel's order. */
  readonly buffers: readonly number[];
  /** Workgroups along x and y; a device allows at most 65535 along each. */
  readonly groups: readonly [number, number];
}

/** @param count threads or groups, whichever the kernel counts */
export function dispatch<Field extends string, Name extends string>(
  kernel: Kernel<Field, Name>,
  count: number,
  fields: Readonly<Record<Field, number>>,
  buffers: Readonly<Record<Name, number>>,
): Dispatch {
  const entries = Object.entries<FieldType>(kernel.fields);
  const words = new Int32Array(entries.length + 1);
  const reals = new Float32Array(words.buffer);
  words[0] = count;
  entries.forEach(([name, type], index) => ((type === 'i32' ? words : reals)[index + 1] = fields[name as Field]));
  const groups = kernel.unit === 'thread' ? Math.ceil(count / GROUP) : count;
  const rows = Math.ceil(groups / MOST_GROUPS);
  return {
    kernel,
    fields: words,
    buffers: Object.keys(kernel.buffers).map((name) => buffers[name as Name]),
    groups: [Math.ceil(groups / rows), rows],
  };
}

const MOST_GROUPS = 65535;

/** Text of `count` variants of a line, one after the other. */
export function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** Rounds of a loop whose reads `inFours` puts before their uses. */
const AT_ONCE = 4;

/**
 * Text of a loop over `name` from `from` up to `to` by `by`, four rounds at a time: a graphics processor waits for four reads about as
 * long as for one. Sums are added in the same order as one by one.
 * @param read text that reads what a round needs, at the position `at`, into constants whose names end in `end`
 * @param use text that uses those constants
 */
export function inFours(
  { name, from, to, by }: Readonly<Record<'name' | 'from' | 'to' | 'by', string>>,
  read: (at: string, end: string) => string,
  use: (end: string) => string,
): string {
  const rounds = (count: number) => `${repeat(count, (k) => read(`(${name} + ${k} * ${by})`, `_${k}`))}
${repeat(count, (k) => use(`_${k}`))}`;
  return `  var ${name} = ${from};
  for (; ${name} + ${AT_ONCE - 1} * ${by} < ${to}; ${name} += ${AT_ONCE} * ${by}) {
${rounds(AT_ONCE)}
  }
  for (; ${name} < ${to}; ${name} += ${by}) {
${rounds(1)}
  }`;
}

/** Number of vectors of four that hold these channels. */
export const fours = (channels: number): number => Math.ceil(channels / 4);
