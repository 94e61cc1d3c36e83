/** Scales and zero points of all tensors of a graph from their ranges, within what the runtimes' arithmetic can do. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { FloatGraph, FloatOperation } from './floatGraph';
import { inputsOf, type Affine } from './graph';
import type { Range } from './ranges';

/** The finest step of a tensor: the scale of one that was 0 for every example. */
const FINEST = 2 ** -40;
/** A bias takes up at most about this many of its steps, which leaves the sum of products its part of 32 bits. */
export const MOST_BIAS = 2 ** 30;
/**
 * XNNPACK adds tensors whose steps are from 2^-10 to 2^8 times the sum's step. The limits here lie within, so that no rounding passes
 * them.
 */
const FINEST_OF_SUM = 1000;
const COARSEST_OF_SUM = 250;
const ROUNDS = 100;

/**
 * Tensors behind a pool or a reshape share what they read. Steps are made coarser where sums would leave 32 bits or the ratios that
 * runtimes take; for trained networks that is rare.
 * @throws WorkbenchError `invalid-data` when the ranges are of no use
 */
export function tensorScales(graph: FloatGraph, ranges: readonly Range[]): Affine[] {
  const roots = sharedRoots(graph);
  const ends = graph.tensors.map(() => ({ low: 0, high: 0 }));
  ranges.forEach(({ low, high }, index) => {
    if (!Number.isFinite(low) || !Number.isFinite(high))
      throw new WorkbenchError(
        'invalid-data',
        sayLater('The values of "{layer}" are not finite numbers for the training examples. Train again with a lower learning rate.', {
          layer: String(graph.tensors[index]?.name),
        }),
      );
    const end = ends[roots[index] as number] as { low: number; high: number };
    end.low = Math.min(end.low, low);
    end.high = Math.max(end.high, high);
  });
  const input = ends[graph.input] as Range;
  if (input.low === input.high)
    throw new WorkbenchError(
      'invalid-data',
      sayLater(
        'All training examples are the same constant, so nothing tells which inputs the network must take. Use examples that differ.',
      ),
    );
  const fixed = new Set(graph.operations.flatMap(({ kind, output }) => (kind === 'softmax' ? [output] : [])));
  const scales = ends.map(({ low, high }, index) => (fixed.has(index) ? 1 / 256 : Math.max(FINEST, (high - low) / 255)));
  agree(graph.operations, roots, scales, fixed);
  return graph.tensors.map((_, index) => {
    const root = roots[index] as number;
    if (fixed.has(root)) return { scale: 1 / 256, zeroPoint: -128 };
    const scale = Math.fround(scales[root] as number);
    const zeroPoint = Math.round(-128 - (ends[root] as Range).low / scale);
    return { scale, zeroPoint: Math.max(-128, Math.min(127, zeroPoint)) };
  });
}

/** For each tensor the one that decides its scale. */
function sharedRoots({ tensors, operations }: FloatGraph): number[] {
  const roots = tensors.map((_, index) => index);
  for (const operation of operations)
    if (operation.kind === 'averagePool' || operation.kind === 'maxPool' || operation.kind === 'reshape' || operation.kind === 'pad')
      roots[operation.output] = roots[operation.input] as number;
  return roots;
}

/** Raises scales until every operation can compute with them. */
function agree(operations: readonly FloatOperation[], roots: readonly number[], scales: number[], fixed: ReadonlySet<number>): void {
  const at = (index: number) => scales[roots[index] as number] as number;
  let raised = true;
  const raise = (index: number, least: number) => {
    const root = roots[index] as number;
    if (at(index) >= least || fixed.has(root)) return;
    scales[root] = least;
    raised = true;
  };
  for (let round = 0; raised; round++) {
    if (round > ROUNDS)
      throw new WorkbenchError(
        'invalid-data',
        sayLater('The weights of the network differ too much in size to be written as int8. Train it again.'),
      );
    raised = false;
    for (const operation of operations) {
      const { output } = operation;
      if ('weights' in operation) {
        // A step that is finer than that of the products would hold no more, and the factor between them stays below 1.
        raise(output, (at(operation.input) * largest(operation.weights)) / 127 / 0.99);
        raise(output, largest(operation.bias) / (MOST_BIAS / 2));
      } else if (operation.kind === 'add') {
        raise(output, Math.max(...inputsOf(operation).map(at)) / COARSEST_OF_SUM);
        for (const input of operation.inputs) raise(input, at(output) / FINEST_OF_SUM);
      }
    }
  }
}

/** The largest magnitude. */
export const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
