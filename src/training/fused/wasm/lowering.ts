/**
 * Lowers a fused program to kernel calls over one block of memory. Both directions are planned here, once; each step then only runs
 * through the calls. A step of one path is planned anew each time.
 */
import type { OptimizerKind } from '../../../core/config/searchConfig';
import type { NetworkPlan } from '../../../core/network/plan';
import { momentsOf } from '../../../core/search/training/optimizers';
import type { ArchOptimizer } from '../../../core/search/training/trainingStep';
import { Call } from '../../../kernels/calls';
import { LossField, type LossKind } from '../../../kernels/losses/fields';
import { OptimizerField } from '../../../kernels/optimizer/fields';
import { compileProgram, dropsOut, valueSize, type FusedOperation, type Value } from '../program';
import { scheduleOf } from '../schedule';
import type { BatchParts } from './batchParts';
import { groupsOf, type Group } from './groups';
import { Layout, type MaskPlace } from './layout';
import { MemoryPlan } from './memoryPlan';
import { loweringOf } from './operations';
import { Places, type LayoutOptions } from './places';

/** Addresses, in bytes from the start of the memory. */
export interface Lowered extends StepPlaces, StepProgram {
  /** Masks by the path of the operation that they mask. */
  readonly masks: ReadonlyMap<string, MaskPlace>;
}

/** What all programs of a step read and write. */
export interface StepPlaces {
  readonly memory: MemoryPlan;
  /** The block that all calls share. */
  readonly shared: number;
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
  /** All groups of parameters. */
  readonly groups: readonly PlacedGroup[];
  readonly moments: MomentPlaces;
  readonly architecture: ArchitecturePlaces;
  /** Candidate weights as float32, and per part of the batch their gradients as float64, `candidates` of them. */
  readonly weights: number;
  readonly weightGradients: number;
  /** Per part of the batch [loss, the quality that the loss counts] as float64. */
  readonly totals: number;
}

/** The list of calls: forward and backward, then the optimizer; and the same without the optimizer. */
export interface StepProgram {
  readonly program: number;
  readonly programWithoutUpdate: number;
  /** Positions in the list of the backward pass, the optimizer and the end. */
  readonly marks: { readonly backward: number; readonly optimizer: number; readonly end: number };
  /** The groups of parameters that it moves. */
  readonly groups: readonly PlacedGroup[];
  /** Whether it reads a seed. */
  readonly dropsOut: boolean;
}

export interface PlacedGroup extends Group {
  /** [rate, second-moment correction, weight decay] as float32. */
  readonly controls: number;
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
  const { places, step } = stepPlaces(options, false);
  const layout = new Layout(options, places, step.memory, false);
  return { ...step, ...stepProgram(layout, options, step, step.groups), masks: layout.masks };
}

/** A training step of one path of the network at a time. */
export interface LoweredPaths {
  readonly step: StepPlaces;
  /** Lowers the step of a path, whose parameters have the names that they have in the network. */
  readonly path: (plan: NetworkPlan) => LoweredPath;
}

export interface LoweredPath extends StepProgram {
  /** What the step's memory must hold before the program runs. It takes the place of every other path. */
  readonly contents: MemoryPlan;
}

export function lowerPaths(options: LoweringOptions): LoweredPaths {
  const { places, step } = stepPlaces(options, true);
  const start = step.memory.end;
  const lowered = (own: LoweringOptions, groups: readonly PlacedGroup[]): LoweredPath => {
    const contents = new MemoryPlan(start);
    return { ...stepProgram(new Layout(own, places, contents, false), own, step, groups), contents };
  };
  // No path needs more room than all of them at once.
  const end = lowered(options, step.groups).contents.end;
  step.memory.bytes(end - start);
  return {
    step,
    path(plan) {
      const program = compileProgram(plan);
      const names = new Set(plan.parameters.map(({ fullName }) => fullName));
      const groups = step.groups.filter(({ parameters }) => names.has(parameters[0] as string));
      const path = lowered({ ...options, plan, program, unfilled: program.values }, groups);
      if (path.contents.end > end) throw new Error('a path needs more memory than the whole network');
      return path;
    },
  };
}

/** @param singlePath whether a step moves one candidate of each mixed operation */
function stepPlaces(options: LoweringOptions, singlePath: boolean): { readonly places: Places; readonly step: StepPlaces } {
  const { plan, batchSize, candidates, optimizer, archOptimizer } = options;
  const memory = new MemoryPlan();
  const places = new Places(options, memory);
  const { trainable, parts } = places;
  const step = {
    ...common(places),
    memory,
    labels: memory.words(batchSize),
    seed: places.seed,
    toGradient: places.firstGradient - places.firstParameter,
    gradientStride: trainable * 4,
    parts,
    groups: groupsOf(plan, singlePath).map((group) => ({ ...group, controls: memory.words(4) })),
    moments: momentPlaces(memory, optimizer, trainable),
    architecture: architecturePlaces(memory, candidates, archOptimizer),
    weightGradients: places.weightGradients,
    totals: memory.bytes(16 * parts.parts.length),
  };
  return { places, step };
}

/** The calls of a step. @param groups those that it moves */
function stepProgram(
  layout: Layout,
  { program, batchSize, optimizer: kind, loss: lossKind }: LoweringOptions,
  { labels, totals, moments }: StepPlaces,
  groups: readonly PlacedGroup[],
): StepProgram {
  const { memory, places } = layout;
  const { forward, loss, backward, slots } = scheduleOf(program, valueSize);
  const made = new Map(forward.map((operation) => [operation, runForward(operation, layout)]));
  const gradients = slots.map((size) => memory.words(size * batchSize));
  layout.call(
    Call.loss,
    memory.fields(LossField, {
      kind: lossKind,
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
    const targets = inputs.map((place) => place && { at: gradients[place.slot] as number, accumulate: Number(place.accumulate) });
    loweringOf(operation).backward(layout, operation, made.get(operation), gradients[gradient] as number, targets);
  }
  const optimizer = layout.length;
  layout.call(Call.barrier);
  const { firstParameter, firstGradient, trainable, parts } = places;
  for (const { ranges, controls } of groups)
    for (const { from, count } of ranges) {
      const own = { parameters: firstParameter + from * 4, gradients: firstGradient + from * 4, count, controls };
      layout.call(Call[kind], memory.fields(OptimizerField, optimizerFields(own, moments, parts, trainable * 4, from)));
    }
  const end = layout.length;
  layout.call(Call.end);
  const { at, before } = layout.list(Call.barrier);
  const mark = (calls: number) => at + (before + calls) * 4;
  return {
    program: at,
    programWithoutUpdate: layout.list(Call.barrier, optimizer, [Call.end, 0]).at,
    marks: { backward: mark(wayBack), optimizer: mark(optimizer), end: mark(end) },
    groups,
    dropsOut: dropsOut(program),
  };
}

/** A program that only runs forward, with the running statistics of batch norms. */
export type LoweredInference = Pick<Lowered, 'memory' | 'shared' | 'program' | 'input' | 'parameters' | 'weights' | 'masks'> & {
  /** Outputs [batch, size] as float32. */
  readonly output: number;
};

export function lowerInference(options: LayoutOptions): LoweredInference {
  const memory = new MemoryPlan();
  const places = new Places(options, memory);
  const layout = new Layout(options, places, memory, true);
  for (const operation of scheduleOf(options.program, valueSize).forward) runForward(operation, layout);
  layout.call(Call.end);
  const { at } = layout.list(Call.barrier);
  return { ...common(places), memory, program: at, masks: layout.masks, output: layout.at(options.program.output) };
}

const runForward = (operation: FusedOperation, layout: Layout): unknown => loweringOf(operation).forward(layout, operation);

/** Places that every lowering returns. */
const common = ({ shared, input, parameters, weights }: Places) => ({ shared, input, parameters, weights });

interface OptimizerPlaces {
  readonly parameters: number;
  readonly gradients: number;
  readonly count: number;
  readonly controls: number;
}

/** @param from position of the first number among those that have moments */
function optimizerFields(
  places: OptimizerPlaces,
  { first, second }: MomentPlaces,
  { shares, firstHalf }: Pick<BatchParts, 'shares' | 'firstHalf'>,
  gradientStride: number,
  from: number,
) {
  return { ...places, gradientStride, shares, firstHalf, first: first + from * 4, second: second + from * 4 };
}

function momentPlaces(memory: MemoryPlan, optimizer: OptimizerKind, count: number): MomentPlaces {
  const [first = 0, second = 0] = Array.from({ length: momentsOf[optimizer] }, () => memory.words(count));
  return { first, second, count };
}

function architecturePlaces(memory: MemoryPlan, candidates: number, optimizer: ArchOptimizer): ArchitecturePlaces {
  const count = Math.ceil(candidates / 4) * 4;
  const [parameters, gradients, controls] = [memory.words(count), memory.words(count), memory.words(4)];
  const moments = momentPlaces(memory, optimizer, count);
  const fields = optimizerFields({ parameters, gradients, count, controls }, moments, { shares: 1, firstHalf: 1 }, count * 4, 0);
  return {
    parameters,
    gradients,
    controls,
    optimizer: memory.holding(memory.fields(OptimizerField, fields)),
    moments,
    call: Call[optimizer],
  };
}
