/** How each operation of a program runs on WebAssembly, forward and backward: one entry per operation. */
import { Call, ColumnSumField } from '../../../kernels/calls';
import { PoolField } from '../../../kernels/globalAvgPool/fields';
import type { Convolution, Dense, Depthwise, FusedOperation, Pool } from '../program';
import { combineBack, combineForward, type CombineFields } from './combine';
import { convolutionBackFilter, convolutionBackInput, convolutionForward, convolutionScratch } from './convolution';
import { depthwiseBackFilter, depthwiseBackInput, depthwiseForward, depthwiseScratch } from './depthwise';
import type { GradientPlace, Layout } from './layout';

/** An operation's calls. `Made` carries over from its forward pass to its backward pass. */
interface Lowering<Operation, Made = void> {
  /** Numbers of a thread's working memory that it needs: the larger of both directions. */
  scratch(operation: Operation, layout: Pick<Layout, 'shape' | 'batchSize'>): number;
  forward(layout: Layout, operation: Operation): Made;
  /**
   * @param gradient address of the output's gradient
   * @param inputs per input the target of its gradient, null when nothing needs it
   */
  backward(layout: Layout, operation: Operation, made: Made, gradient: number, inputs: readonly (GradientPlace | null)[]): void;
}

type Lowerings = { readonly [Kind in FusedOperation['kind']]: Lowering<Extract<FusedOperation, { kind: Kind }>, unknown> };

const convolution: Lowering<Convolution | Dense> = {
  scratch: (operation, layout) =>
    operation.kind === 'dense'
      ? 0
      : convolutionScratch(operation, layout.shape(operation.input), layout.shape(operation.output), layout.batchSize),
  forward: convolutionForward,
  backward(layout, operation, _made, gradient, [to]) {
    biasGradient(layout, operation, gradient);
    convolutionBackFilter(layout, operation, gradient);
    if (to) convolutionBackInput(layout, operation, gradient, to);
  },
};

const depthwise: Lowering<Depthwise> = {
  scratch: (operation, layout) => depthwiseScratch(operation, layout.shape(operation.input), layout.shape(operation.output)),
  forward: depthwiseForward,
  backward(layout, operation, _made, gradient, [to]) {
    biasGradient(layout, operation, gradient);
    depthwiseBackFilter(layout, operation, gradient);
    if (to) depthwiseBackInput(layout, operation, gradient, to);
  },
};

const globalAvgPool: Lowering<Pool> = {
  scratch: () => 0,
  forward(layout, operation) {
    layout.call(
      Call.globalAvgPool,
      poolFields(layout, operation, { input: layout.at(operation.input), output: layout.at(operation.output) }),
    );
  },
  backward(layout, operation, _made, gradient, [to]) {
    if (!to) return;
    const { at, accumulate } = to;
    layout.call(Call.globalAvgPoolBack, poolFields(layout, operation, { input: gradient, output: at, accumulate }));
  },
};

const lowerings: Lowerings = {
  conv2d: convolution,
  dense: convolution,
  depthwiseConv2d: depthwise,
  globalAvgPool,
  combine: {
    scratch: () => 0,
    forward: combineForward,
    backward: (layout, operation, made, gradient, inputs) => combineBack(layout, operation, made as CombineFields, gradient, inputs),
  },
};

/** The entry of an operation. */
export function loweringOf(operation: FusedOperation): Lowering<FusedOperation, unknown> {
  return lowerings[operation.kind] as Lowering<FusedOperation, unknown>;
}

/** Numbers of a thread's working memory that an operation needs. */
export const scratchOf = (operation: FusedOperation, layout: Pick<Layout, 'shape' | 'batchSize'>): number =>
  loweringOf(operation).scratch(operation, layout);

function poolFields(layout: Layout, { input }: Pool, addresses: Partial<Record<keyof typeof PoolField, number>>): Int32Array {
  const { height, width, channels } = layout.shape(input);
  return layout.memory.fields(PoolField, { ...addresses, pixels: height * width, channels });
}

function biasGradient(layout: Layout, { bias, output }: Convolution | Dense | Depthwise, gradient: number): void {
  if (bias === null) return;
  const { height, width, channels } = layout.shape(output);
  layout.sum(Call.columnSums, bias, layout.memory.fields(ColumnSumField, { gradient, pixels: height * width, channels }));
}
