/**
 * Lowers a fused program to kernel calls over one block of memory. Both directions are planned here, once; each step then only runs
 * through the calls.
 */
import type { OptimizerKind } from '../../../core/config/searchConfig';
import { momentsOf } from '../../../core/search/training/optimizers';
import type { ArchOptimizer } from '../../../core/search/training/trainingStep';
import { Call } from '../../../kernels/calls';
import { LossField, type LossKind } from '../../../kernels/losses/fields';
import { OptimizerField } from '../../../kernels/optimizer/fields';
import { valueSize, type FusedOperation, type Value } from '../program';
import { scheduleOf } from '../schedule';
import type { BatchParts } from './batchParts';
import { Layout, type LayoutOptions, type MaskPlace } from './layout';
import type { MemoryPlan } from './memoryPlan';
import { loweringOf } from './operations';

/** Addresses, in bytes from the start of the memory. */
export interface Lowered {
  readonly memory: MemoryPlan;
  /** The block that all calls share. */
  readonly shared: number;
  /** The list of calls: forward and backward, then the optimizer; and the same without the optimizer. */
  readonly program: number;
  readonly programWithoutUpdate: number;
  /** Positions in the list of the backward pass, the optimizer and the end. */
  readonly marks: { readonly backward: number; readonly optimizer: number; readonly end: number };
  /** Inputs [batch, height, width, channels] as float32, and labels [batch] as int32. */
  readonly input: number;
  readonly labels: number;
  /** The step's seed as int32, which dropout reads. */
  readonly seed: number;
  /** Parameter values by full name. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Bytes from a trainable parameter to the first share of its gradient; the others follow at `gradientStride`. */
  readonly toGradient: number;
  readonly gradientStride: number;
  readonly parts: BatchParts;
  /** [rate, second-moment correction, weight decay] as float32. */
  readonly controls: number;
  readonly moments: MomentPlaces;
  readonly architecture: ArchitecturePlaces;
  /** Candidate weights as float32, and per part of the batch their gradients as float64, `candidates` of them. */
  readonly weights: number;
  readonly weightGradients: number;
  /** Masks by the path of the operation that they mask. */
  readonly masks: ReadonlyMap<string, MaskPlace>;
  /** Per part of the batch [loss, the quality that the loss counts] as float64. */
  readonly totals: number;
}

/** The architecture parameters of all mixed operations one after the other, their gradients, and their optimizer. */
interface ArchitecturePlaces {
  readonly parameters: number;
  readonly gradients: number;
  readonly controls: number;
  /** The optimizer's fields, for `optimize`. */
  readonly optimizer: number;
  readonly moments: MomentPlaces;
  readonly call: number;
}

/** An optimizer's moments, each `count` numbers; 0 for those that it does not keep. */
export interface MomentPlaces {
  readonly first: number;
  readonly second: number;
  readonly count: number;
}

export interface LoweringOptions extends LayoutOptions {
  readonly optimizer: OptimizerKind;
  readonly archOptimizer: ArchOptimizer;
  readonly loss: LossKind;
}

/** A whole training step. */
export function lower(options: LoweringOptions): Lowered {
  const { program, batchSize, candidates } = options;
  const layout = new Layout(options, false);
  const { memory } = layout;
  const { forward, loss, backward, slots } = scheduleOf(program, valueSize);
  const made = new Map(forward.map((operation) => [operation, runForward(operation, layout)]));
  const labels = memory.words(batchSize);
  const totals = memory.bytes(16 * layout.parts.parts.length);
  const gradients = slots.map((size) => memory.words(size * batchSize));
  layout.call(
    Call.loss,
    memory.fields(LossField, {
      kind: options.loss,
      inputs: layout.at(program.input),
      outputs: layout.at(program.output),
      labels,
      gradient: gradients[loss] as number,
      outputSize: valueSize(program.values[program.output] as Value),
      batch: batchSize,
      totals,
      totalsStride: 16,
    }),
  );
  const wayBack = layout.length;
  // This barrier keeps a fast thread from starting the backward pass while a slow one still reads forward sums.
  layout.call(Call.barrier);
  for (const { operation, gradient, inputs } of backward) {
    const places = inputs.map((place) => place && { at: gradients[place.slot] as number, accumulate: Number(place.accumulate) });
    loweringOf(operation).backward(layout, operation, made.get(operation), gradients[gradient] as number, places);
  }
  const controls = memory.words(4);
  const optimizer = layout.length;
  layout.call(Call.barrier);
  const { firstParameter, firstGradient, trainable, parts } = layout;
  const places = { parameters: firstParameter, gradients: firstGradient, count: trainable, controls };
  const { fields, moments } = optimizerFields(memory, options.optimizer, places, parts);
  layout.call(Call[options.optimizer], fields);
  const end = layout.length;
  layout.call(Call.end);
  const { at, before } = layout.list(Call.barrier);
  const mark = (calls: number) => at + (before + calls) * 4;
  return {
    ...common(layout, at),
    programWithoutUpdate: layout.list(Call.barrier, optimizer, [Call.end, 0]).at,
    marks: { backward: mark(wayBack), optimizer: mark(optimizer), end: mark(end) },
    labels,
    seed: layout.seed,
    toGradient: firstGradient - firstParameter,
    gradientStride: trainable * 4,
    parts,
    controls,
    moments,
    architecture: architecturePlaces(memory, candidates, options.archOptimizer),
    weightGradients: layout.weightGradients,
    totals,
  };
}

/** A program that only runs forward, with the running statistics of batch norms. */
export type LoweredInference = Pick<Lowered, 'memory' | 'shared' | 'program' | 'input' | 'parameters' | 'weights' | 'masks'> & {
  /** Outputs [batch, size] as float32. */
  readonly output: number;
};

export function lowerInference(options: LayoutOptions): LoweredInference {
  const layout = new Layout(options, true);
  for (const operation of scheduleOf(options.program, valueSize).forward) runForward(operation, layout);
  layout.call(Call.end);
  return { ...common(layout, layout.list(Call.barrier).at), output: layout.at(options.program.output) };
}

const runForward = (operation: FusedOperation, layout: Layout): unknown => loweringOf(operation).forward(layout, operation);

/** Layout fields that every lowering returns. */
function common(layout: Layout, program: number) {
  const { memory, parameters, weights, masks, options } = layout;
  return { memory, shared: layout.shared(program), program, input: layout.at(options.program.input), parameters, weights, masks };
}

interface OptimizerPlaces {
  readonly parameters: number;
  readonly gradients: number;
  readonly count: number;
  readonly controls: number;
}

function optimizerFields(
  memory: MemoryPlan,
  optimizer: OptimizerKind,
  places: OptimizerPlaces,
  { shares, firstHalf }: Pick<BatchParts, 'shares' | 'firstHalf'>,
) {
  const { count } = places;
  const [first = 0, second = 0] = Array.from({ length: momentsOf[optimizer] }, () => memory.words(count));
  const fields = memory.fields(OptimizerField, { ...places, gradientStride: count * 4, shares, firstHalf, first, second });
  return { fields, moments: { first, second, count } };
}

function architecturePlaces(memory: MemoryPlan, candidates: number, optimizer: ArchOptimizer): ArchitecturePlaces {
  const count = Math.ceil(candidates / 4) * 4;
  const [parameters, gradients, controls] = [memory.words(count), memory.words(count), memory.words(4)];
  const { fields, moments } = optimizerFields(memory, optimizer, { parameters, gradients, count, controls }, { shares: 1, firstHalf: 1 });
  return { parameters, gradients, controls, optimizer: memory.holding(fields), moments, call: Call[optimizer] };
}
