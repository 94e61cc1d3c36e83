import { describe, expect, it } from 'vitest';
import type { Branch, Convolution, FusedProgram } from './program';
import { scheduleOf } from './schedule';

const branch = (input: number): Branch => ({ input, norm: null, mask: null, relu: false, candidate: null });
const conv = (input: number, output: number): Convolution =>
  ({
    kind: 'conv2d',
    input,
    output,
    kernel: `${output}`,
    bias: null,
    window: { kernel: [1, 1], stride: [1, 1], top: 0, left: 0 },
  }) as const;

/** Input 0 → 1 → 2, joined with 1 in 3, then 4; no operation reads value 5. */
const program: FusedProgram = {
  values: Array.from({ length: 6 }, () => ({ height: 2, width: 2, channels: 3 })),
  operations: [
    conv(0, 1),
    conv(1, 2),
    { kind: 'combine', output: 3, relu: true, dropout: null, branches: [branch(1), branch(2), branch(2)] },
    conv(1, 5),
    conv(3, 4),
  ],
  input: 0,
  output: 4,
};

describe('the schedule of a step', () => {
  const { forward, loss, backward, slots } = scheduleOf(program, ({ channels }) => 4 * channels);
  const outputs = backward.map(({ operation }) => operation.output);

  it('goes forward in order and backward in reverse, past what nobody reads', () => {
    expect(forward).toBe(program.operations);
    expect(outputs).toEqual([4, 3, 2, 1]);
    expect(backward[0]?.gradient).toBe(loss);
  });

  it('adds to a gradient from its second share on, and asks for none of the network’s input', () => {
    const shares = backward.flatMap(({ operation, inputs }) => inputs.map((place) => [operation.output, place?.accumulate ?? null]));
    expect(shares).toEqual([
      [4, false],
      [3, false],
      [3, false],
      [3, true],
      [2, true],
      [1, null],
    ]);
  });

  it('never gives a gradient the slot of one that is still needed, and gives away what is not', () => {
    const [last, join] = backward;
    const [toOne, toTwo, again] = join?.inputs ?? [];
    expect(new Set([join?.gradient, toOne?.slot, toTwo?.slot]).size).toBe(3);
    expect(again?.slot).toBe(toTwo?.slot);
    // No operation reads the output's gradient below the join.
    expect([toOne?.slot, toTwo?.slot]).toContain(last?.gradient);
    expect(slots).toEqual([12, 12, 12]);
  });
});
