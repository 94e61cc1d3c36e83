/**
 * Lets several threads of a group share the channels that one thread would sum over, where a convolution has too few threads to keep
 * a graphics processor busy. The threads of an output add their shares in a fixed order, so that two runs give the same bits.
 */
import type { Tiles } from './tiles';
import { dispatch, GROUP, kernel, type Dispatch, type Kernel, type KernelText } from './wgsl';

/** The numbers of threads that may share: few, because each needs a kernel of its own. */
const SHARES = [1, 4, 16] as const;

/**
 * How many threads share the channels: as few as bring a convolution's threads to `tiles.threads`.
 * @param threads how many there are if none shares
 * @param channels4 what they share, in vectors of four
 */
export function sharesFor({ threads: wanted }: Tiles, threads: number, channels4: number): number {
  const possible = SHARES.filter((shares) => shares <= channels4);
  return possible.find((shares) => threads * shares >= wanted) ?? possible.at(-1) ?? 1;
}

/** A kernel's text up to its sums, and from there on. Between them it has named its sums, and loops over `loop(channel, count)`. */
export interface SharedText {
  /** Text of a loop's head that goes over the thread's share of `count` channels. */
  readonly loop: (channel: string, count: string) => string;
  /** Text of a condition that holds for one of the threads that share. */
  readonly first: string;
  /** Text after which only that thread goes on, with whole sums. */
  readonly join: string;
}

/** @param sums names of the vectors that a thread sums */
const sharedText = (shares: number, sums: readonly string[]): SharedText => {
  if (shares === 1) return { loop: loopOf('0', '1'), first: 'true', join: '' };
  const place = (at: number) => `shared_sums[item * ${sums.length} + ${at}]`;
  return {
    loop: loopOf('share', String(shares)),
    first: 'share == 0',
    join: `  for (var other = 1; other < ${shares}; other++) {
    if (share == other) {
${sums.map((name, at) => `      ${place(at)} = ${name};`).join('\n')}
    }
    workgroupBarrier();
    if (share == 0) {
${sums.map((name, at) => `      ${name} += ${place(at)};`).join('\n')}
    }
    workgroupBarrier();
  }
  if (share > 0 || group * ${GROUP / shares} + item >= fields.items) { return; }`,
  };
};

const loopOf = (from: string, by: string) => (channel: string, count: string) =>
  `for (var ${channel} = ${from}; ${channel} < ${count}; ${channel} += ${by})`;

type Text<Field extends string, Name extends string> = Omit<KernelText<Field, Name>, 'declarations' | 'perThread' | 'perGroup'>;

/**
 * A kernel of which `shares` threads compute the outputs of one `index`.
 * @param sums names of the vectors that a thread sums
 * @param body the kernel's text
 */
export function sharingKernel<Field extends string, Name extends string>(
  { key, fields, buffers }: Text<Field, Name>,
  shares: number,
  sums: readonly string[],
  body: (text: SharedText) => string,
): Kernel<Field | 'items', Name> {
  const text = body(sharedText(shares, sums));
  const withItems = { ...fields, items: 'i32' } as Record<Field | 'items', 'i32' | 'f32'>;
  if (shares === 1) return kernel({ key, fields: withItems, buffers, perThread: text });
  const items = GROUP / shares;
  return kernel({
    key: `${key} shares ${shares}`,
    fields: withItems,
    buffers,
    declarations: `var<workgroup> shared_sums: array<vec4f, ${items * sums.length}>;`,
    // Threads beyond the last output repeat it, because all threads of a group must reach a barrier.
    perGroup: `  let item = lane % ${items};
  let share = lane / ${items};
  let index = min(group * ${items} + item, fields.items - 1);
${text}`,
  });
}

/** One run of such a kernel for `items` values of `index`. */
export function sharingDispatch<Field extends string, Name extends string>(
  of: Kernel<Field | 'items', Name>,
  shares: number,
  items: number,
  fields: Readonly<Record<Field, number>>,
  buffers: Readonly<Record<Name, number>>,
): Dispatch {
  const count = shares === 1 ? items : Math.ceil((items * shares) / GROUP);
  return dispatch(of, count, { ...fields, items } as Record<Field | 'items', number>, buffers);
}
