/** The found network of a run as int8, as all int8 exports of that run share it. */
import { WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import { readWeights } from '../../core/network/parameters';
import type { FloatGraph } from '../../core/quantize/floatGraph';
import { foldNetwork } from '../../core/quantize/fold';
import { quantizeGraph, type Quantization } from '../../core/quantize/quantize';
import { RANGE_EXAMPLES, rangeBatches } from '../../core/quantize/rangeExamples';
import { tensorRanges, type Range, type RangeChoice } from '../../core/quantize/ranges';
import type { ExportedRun } from '../exporter';

export interface Int8Network extends Quantization {
  /** With the number of examples that were there. */
  readonly ranges: RangeChoice;
  /** The epoch of quantisation-aware training that it comes from; null where it was quantised after training. */
  readonly awareEpoch: number | null;
}

/** A folded network, and the ranges that training examples give its tensors. */
export interface Measured {
  readonly graph: FloatGraph;
  readonly ranges: readonly Range[];
  readonly choice: RangeChoice;
}

/** Several exports of one run quantise it once. */
const made = new WeakMap<ExportedRun, Promise<Int8Network>>();

/** @throws as `quantizeRun` */
export function int8NetworkOf(run: ExportedRun): Promise<Int8Network> {
  let network = made.get(run);
  if (!network) made.set(run, (network = quantizeRun(run)));
  return network;
}

/** @throws as `foldRun` */
async function quantizeRun(run: ExportedRun): Promise<Int8Network> {
  const { graph, ranges, choice } = await foldRun(run);
  const { tuned } = run;
  return { ...quantizeGraph(tuned?.graph ?? graph, tuned?.ranges ?? ranges), ranges: choice, awareEpoch: tuned?.keptEpoch ?? null };
}

/** @throws WorkbenchError `busy` before a network is found, `invalid-data` when it cannot be written as int8 */
export async function foldRun({ model, runFile, trainingSet, ranges }: ExportedRun): Promise<Measured> {
  const { method, examples } = ranges ?? { method: 'minMax', examples: RANGE_EXAMPLES };
  if (!model || model.architecture || model.plan.layers.some(({ kind }) => kind === 'mixedOp'))
    throw new WorkbenchError('busy', sayLater('No network is found yet, so none can be written as int8. Let the search end first.'));
  const graph = foldNetwork(model.plan, await readWeights(model.parameters));
  const sample = rangeBatches(trainingSet, examples, runFile().config.randomSeed);
  return { graph, ranges: await tensorRanges(graph, () => sample.batches(), method), choice: { method, examples: sample.count } };
}
