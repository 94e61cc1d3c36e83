/** Combine operations as calls of WebAssembly kernels, forward and backward. */
import { Call } from '../../../kernels/calls';
import { BranchField, Coefficient, CombineField } from '../../../kernels/combine/fields';
import { DropoutField } from '../../../kernels/dropout/fields';
import { joined } from './memoryPlan';
import type { GradientPlace, Layout, MaskPlace } from './layout';
import { dropoutNumbers, valueSize, type Branch, type Combine, type Norm } from '../program';

/** The fields of a combine and of its branches, made in the forward pass and reused in the backward pass. */
export interface CombineFields {
  readonly block: Int32Array;
  readonly branches: Int32Array;
}

export function combineForward(layout: Layout, operation: Combine): CombineFields {
  const made = fieldsOf(layout, operation);
  const block = fieldsAsTheyAre(layout, made);
  if (!layout.running && operation.branches.some(({ norm }) => norm)) {
    layout.call(Call.combineSums, block);
    layout.call(Call.barrier);
  }
  layout.call(Call.combineApply, block);
  if (!layout.running) drop(layout, operation, layout.at(operation.output));
  return made;
}

/** @param inputs per branch the target of its input's gradient; null when nothing needs it */
export function combineBack(
  layout: Layout,
  operation: Combine,
  made: CombineFields,
  gradient: number,
  inputs: readonly (GradientPlace | null)[],
): void {
  const { branches } = operation;
  // Nothing else reads this gradient.
  drop(layout, operation, gradient);
  made.block[CombineField.gradient] = gradient;
  inputs.forEach((place, index) => {
    made.branches[index * BranchField.size + BranchField.inputGradient] = place?.at ?? 0;
    made.branches[index * BranchField.size + BranchField.accumulate] = place?.accumulate ?? 0;
  });
  const fields = fieldsAsTheyAre(layout, made);
  const byChannel = branches.some(({ norm, mask }) => norm !== null || mask !== null);
  if (byChannel || branches.some(({ candidate }) => candidate !== null)) layout.call(Call.combineBackSums, fields);
  if (byChannel) layout.call(Call.barrier);
  layout.call(Call.combineBackApply, fields);
}

/** Drops some of a combine's output, or of its gradient, in place. */
function drop(layout: Layout, { output, dropout }: Combine, values: number): void {
  if (!dropout) return;
  const { dropped, factor } = dropoutNumbers(dropout);
  const [whole, own] = [layout.shape(output), layout.unfilled(output)];
  // Without filled channels an example is one long row. Filled ones are zero, and no position counts them.
  const filled = whole.channels !== own.channels;
  const perRow = filled ? whole.channels : valueSize(whole);
  const row = { rows: valueSize(whole) / perRow, perRow, counted: filled ? own.channels : perRow };
  const integers = { values, ...row, seed: layout.places.seed, layer: dropout.layer, dropped };
  layout.call(Call.dropout, layout.memory.fields(DropoutField, integers, { factor }));
}

function fieldsOf(layout: Layout, { output, relu, branches }: Combine): CombineFields {
  const { height, width, channels } = layout.shape(output);
  const block = layout.memory.fields(CombineField, {
    output: layout.at(output),
    channels,
    pixels: height * width,
    relu: Number(relu),
    running: Number(layout.running),
    branchCount: branches.length,
  });
  return { block, branches: joined(branches.map((branch) => branchFields(layout, branch, channels))) };
}

/** A copy of the current fields, with a copy of the branches in the memory, so that later changes do not reach it. */
function fieldsAsTheyAre({ memory }: Layout, { block, branches }: CombineFields): Int32Array {
  const fields = block.slice();
  fields[CombineField.branches] = memory.holding(branches.slice());
  return fields;
}

function branchFields(layout: Layout, { input, norm, mask, relu, candidate }: Branch, channels: number): Int32Array {
  const { memory } = layout;
  const { weights, weightGradients, options } = layout.places;
  return memory.fields(
    BranchField,
    {
      input: layout.at(input),
      relu: Number(relu),
      ...(candidate !== null && {
        weight: weights + candidate * 4,
        weightGradient: weightGradients + candidate * 8,
        weightStride: options.candidates * 8,
      }),
      ...(mask !== null && maskFields(layout, mask, channels)),
      ...((norm !== null || mask !== null) && channelFields(layout, channels)),
      ...(norm && normFields(layout, norm)),
    },
    norm ? { momentum: norm.momentum, epsilon: norm.epsilon } : {},
  );
}

function maskFields({ memory, masks }: Layout, path: string, channels: number) {
  const placed: MaskPlace = { values: memory.words(channels), gradients: memory.bytes(channels * 8), channels };
  masks.set(path, placed);
  return { mask: placed.values, maskGradient: placed.gradients };
}

function normFields(layout: Layout, { path }: Norm) {
  return {
    gamma: layout.parameter(`${path}/gamma`),
    beta: layout.parameter(`${path}/beta`),
    gammaGradient: layout.places.gradientOf(`${path}/gamma`),
    betaGradient: layout.places.gradientOf(`${path}/beta`),
    movingMean: layout.parameter(`${path}/movingMean`),
    movingVariance: layout.parameter(`${path}/movingVariance`),
  };
}

/** Room for intermediate results per channel. */
function channelFields({ memory, places: { options, parts } }: Layout, channels: number) {
  const coefficientsStride = Math.ceil((channels * Coefficient.count * 4) / 64) * 64;
  return {
    sums: memory.bytes(channels * 16 * parts.parts.length),
    sumsStride: channels * 16,
    coefficients: memory.bytes(coefficientsStride * options.threads),
    coefficientsStride,
  };
}
