/** How each operation of a program runs on WebGPU, forward and backward: one entry per operation. */
import { columnSums } from '../../../kernels/columnSums/webgpu';
import { conv2d } from '../../../kernels/conv2d/webgpu';
import { conv2dBackpropFilter } from '../../../kernels/conv2dBackpropFilter/webgpu';
import { conv2dBackpropInput } from '../../../kernels/conv2dBackpropInput/webgpu';
import { depthwiseBackpropFilter } from '../../../kernels/depthwiseBackpropFilter/webgpu';
import { depthwiseBackpropInput } from '../../../kernels/depthwiseBackpropInput/webgpu';
import { depthwiseConv2d } from '../../../kernels/depthwiseConv2d/webgpu';
import { dropout } from '../../../kernels/dropout/webgpu';
import { globalAvgPool, globalAvgPoolBack } from '../../../kernels/globalAvgPool/webgpu';
import type { Dispatch } from '../../../kernels/wgsl';
import { dropoutNumbers, type Combine, type Convolution, type Dense, type Depthwise, type FusedOperation } from '../program';
import { lowerCombine, lowerCombineBack, type LoweredCombine } from './combine';
import type { Layout } from './layout';
import type { MaskPlace } from './recording';
import { gradientShape, poolShape, windowShape } from './shapes';

/** A gradient's buffer, and whether to add to its numbers. */
interface GradientBuffer {
  readonly index: number;
  readonly accumulate: boolean;
}

/** An operation's kernels. `Made` carries over from its forward pass to its backward pass. */
interface Lowering<Operation, Made> {
  forward(operation: Operation, layout: Layout): { readonly dispatches: readonly Dispatch[]; readonly made: Made };
  /**
   * @param gradient the buffer with the output's gradient
   * @param inputs per input the target of its gradient, null when nothing needs it
   */
  backward(
    operation: Operation,
    layout: Layout,
    made: Made,
    gradient: number,
    inputs: readonly (GradientBuffer | null)[],
  ): readonly Dispatch[];
}

type Weighted = Convolution | Depthwise | Dense;

/** Convolutions and dense layers differ only in their kernels. */
const weighted = (
  run: typeof conv2d,
  backFilter: typeof conv2dBackpropFilter,
  backInput: typeof conv2dBackpropInput,
): Lowering<Weighted, null> => ({
  forward(operation, layout) {
    const at = { kernel: layout.at(operation.kernel), bias: operation.bias === null ? -1 : layout.at(operation.bias) };
    const buffers = { input: layout.value(operation.input), parameters: layout.parameters, output: layout.value(operation.output) };
    return { dispatches: [run(windowShape(operation, layout), at, buffers, layout.options.tiles)], made: null };
  },
  backward(operation, layout, _made, gradient, [to]) {
    const { tiles } = layout.options;
    const filterBuffers = { input: layout.value(operation.input), gradient, partials: layout.filterPartials };
    const dispatches = [
      ...biasGradient(operation, layout, gradient),
      backFilter(gradientShape(operation, layout), layout.partsAt(operation.kernel), filterBuffers, tiles),
    ];
    if (!to) return dispatches;
    const buffers = { gradient, parameters: layout.parameters, result: to.index };
    return [...dispatches, backInput(windowShape(operation, layout), layout.at(operation.kernel), to.accumulate, buffers, tiles)];
  },
});

function biasGradient({ bias, output }: Weighted, layout: Layout, gradient: number): Dispatch[] {
  if (bias === null) return [];
  const { height, width, channels } = layout.shape(output);
  const rows = layout.options.batchSize * height * width;
  return [columnSums({ rows, channels }, layout.at(bias), { gradient, sums: layout.parameterGradients })];
}

/** Drops some of a combine's output, or of its gradient, in place. */
function dropped(operation: Combine, layout: Layout, values: number): Dispatch[] {
  if (!operation.dropout || layout.seed === null) return [];
  const { height, width, channels } = layout.shape(operation.output);
  const pixels = layout.options.batchSize * height * width;
  return [
    dropout({ pixels, channels, layer: operation.dropout.layer, ...dropoutNumbers(operation.dropout) }, { values, seed: layout.seed }),
  ];
}

const lowerings: { readonly [Kind in FusedOperation['kind']]: Lowering<Extract<FusedOperation, { kind: Kind }>, unknown> } = {
  conv2d: weighted(conv2d, conv2dBackpropFilter, conv2dBackpropInput),
  dense: weighted(conv2d, conv2dBackpropFilter, conv2dBackpropInput),
  depthwiseConv2d: weighted(depthwiseConv2d, depthwiseBackpropFilter, depthwiseBackpropInput),
  globalAvgPool: {
    forward(operation, layout) {
      const buffers = { input: layout.value(operation.input), output: layout.value(operation.output) };
      return { dispatches: [globalAvgPool(poolShape(operation.input, layout), buffers)], made: null };
    },
    backward: (operation, layout, _made, gradient, [to]) =>
      to ? [globalAvgPoolBack(poolShape(operation.input, layout), to.accumulate, { gradient, result: to.index })] : [],
  },
  combine: {
    forward(operation: Combine, layout: Layout) {
      const made = lowerCombine(operation, layout.combineShape(operation), {
        place: (name) => layout.at(name),
        holding: (label, contents) => layout.holding(label, contents),
        value: (index) => layout.value(index),
        maskAt: (path) => (layout.masks.get(path) as MaskPlace).at,
        sharesAt: (candidate) => (layout.shareRanges[candidate] as readonly [number, number])[0],
        parameters: layout.parameters,
        running: layout.running,
        gradients: layout.parameterGradients,
        weights: layout.weights,
        shares: layout.shares,
        sums: layout.sums,
        storageBuffers: layout.options.storageBuffers,
        statistics: layout.statistics,
      });
      return { dispatches: [...made.dispatches, ...dropped(operation, layout, layout.value(operation.output))], made };
    },
    backward: (operation, layout, made, gradient, inputs) => [
      // Nothing else reads this gradient.
      ...dropped(operation, layout, gradient),
      ...lowerCombineBack(made as LoweredCombine, gradient, inputs),
    ],
  },
};

/** The entry of an operation. */
export function loweringOf(operation: FusedOperation): Lowering<FusedOperation, unknown> {
  return lowerings[operation.kind] as Lowering<FusedOperation, unknown>;
}
