/**
 * Which activations are in memory while each operation runs. The layers run in the order in which the network lists them; a
 * value is live from the operation that writes it to the last one that reads it, so the input of a residual connection
 * stays live until its add. docs/cost-models.md states the definition and its source.
 */
import type { NetworkPlan, PlannedLayer, PlannedOperation } from '../network/plan';
import type { Attributes } from '../ops/index';
import type { LayerRow } from './layerTable';
import { numbersIn } from '../ops/shape';

/** A value in memory: a layer's output, or the network's input. */
interface LiveValue {
  readonly name: string;
  /** One byte per number: activations are int8. */
  readonly bytes: number;
}

/** One operation while it runs. */
export interface ActivationStep {
  /** The layer's id, or `id/candidate/index` inside a mixed operation. */
  readonly path: string;
  /** The mixed operation and the candidate that the operation belongs to, null for a fixed layer. */
  readonly choice: LayerRow['choice'];
  /** All values in memory while it runs: those that it reads, those that it writes, and those that are kept for later. */
  readonly live: readonly LiveValue[];
}

/**
 * Whether an operation overwrites its input when no other operation reads that input later. Batch norm
 * and ReLU run inside the layer before them, and the others only pass their input on. An add does not: TensorFlow
 * Lite for Microcontrollers plans a tensor of its own for the sum.
 */
const takesOverInput: Readonly<Record<Attributes['op'], boolean>> = {
  add: false,
  avgPool: false,
  batchNorm: true,
  conv2d: false,
  dense: false,
  depthwiseConv2d: false,
  dropout: true,
  flatten: true,
  globalAvgPool: false,
  identity: true,
  maxPool: false,
  relu: true,
  softmax: false,
};

/**
 * The steps of every layer and every candidate, in network order. The values that are kept during a mixed operation do not depend
 * on which candidate is chosen there or elsewhere, so a derived network's steps are those of its fixed layers and chosen
 * candidates.
 */
export function activationSteps(plan: NetworkPlan): ActivationStep[] {
  const lastRead = new Map<string, number>();
  plan.layers.forEach(({ inputs }, index) => inputs.forEach((name) => lastRead.set(name, index)));
  const written: LiveValue[] = [{ name: 'input', bytes: numbersIn(plan.network.input) }];
  return plan.layers.flatMap((layer, index) => {
    const kept = written.filter(({ name }) => (lastRead.get(name) ?? -1) > index);
    const read = written.filter(({ name }) => layer.inputs.includes(name));
    written.push({ name: layer.id, bytes: numbersIn(layer.outputShape) });
    return chainsOf(layer).flatMap(({ choice, chain }) => stepsOf(chain, choice, read, kept));
  });
}

/** The steps of operations that run one after the other. `kept` stays in memory during all of them. */
function stepsOf(
  chain: readonly PlannedOperation[],
  choice: ActivationStep['choice'],
  read: readonly LiveValue[],
  kept: readonly LiveValue[],
): ActivationStep[] {
  let inputs = read;
  return chain.map(({ path, attributes, outputShape }) => {
    const output = { name: path, bytes: numbersIn(outputShape) };
    const released = inputs.filter((value) => !kept.includes(value));
    const inPlace = takesOverInput[attributes.op] && released.length > 0;
    inputs = [output];
    return { path, choice, live: [...kept, ...released, ...(inPlace ? [] : [output])] };
  });
}

function chainsOf(layer: PlannedLayer): { choice: ActivationStep['choice']; chain: readonly PlannedOperation[] }[] {
  if (layer.kind === 'operation') return [{ choice: null, chain: [layer.operation] }];
  return layer.candidates.map(({ name, chain }) => ({ choice: { mixedOp: layer.id, candidate: name }, chain }));
}
