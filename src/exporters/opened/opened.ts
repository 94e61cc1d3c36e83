/** A .tflite file of any program: what it holds, and what it costs here. */
import { deviceCosts, type DeviceCosts } from '../../core/cost/deviceCosts';
import { deviceOf, devices, type DeviceChoice } from '../../core/cost/devices/index';
import { layerTable } from '../../core/cost/layerTable';
import { layerCost, metricFor } from '../../core/cost/metrics';
import { reasonOf, WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import { planNetwork, type NetworkPlan } from '../../core/network/plan';
import { planArena } from '../../core/quantize/arena';
import { asNetwork } from '../../core/quantize/asNetwork';
import type { FloatGraph } from '../../core/quantize/floatGraph';
import { inputsOf, tensorAt, type GraphTensor, type QuantizedTensor } from '../../core/quantize/graph';
import { constantBytes } from '../int8/card';
import { readNetwork, type ReadNetwork } from '../tflite/read';

export type OpenedNetwork = ReadNetwork & {
  readonly plan: NetworkPlan;
  readonly summary: OpenedSummary;
};

/** Plain data, so that it can be sent to the main thread. */
export interface OpenedSummary {
  readonly file: string;
  readonly fileBytes: number;
  /** What it computes with. */
  readonly numbers: 'int8' | 'float32';
  /** Weights, biases and scales. */
  readonly constantBytes: number;
  readonly activationBytes: number;
  readonly input: OpenedTensor;
  readonly output: OpenedTensor;
  readonly layers: readonly OpenedLayer[];
  /** On each device of the list. */
  readonly costs: readonly DeviceCosts[];
}

/** Bytes of a float. */
const FLOAT_BYTES = 4;

export interface OpenedTensor {
  readonly name: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  /** The real values that it can hold; null for floats, which hold any. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

export interface OpenedLayer {
  readonly operation: string;
  /** Its output's name and shape. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Names of the tensors that it reads. */
  readonly reads: readonly string[];
  readonly macs: number;
  /** Bytes of weights and biases. */
  readonly flashBytes: number;
}

/**
 * @param file its name, for messages
 * @param device that it is costed on beside those of the list, where it is a person's own
 * @throws WorkbenchError `invalid-data` that names the file and what of it cannot be read, or why it has no costs
 */
export function openNetwork(bytes: Uint8Array, file: string, device?: DeviceChoice): OpenedNetwork {
  const read = readNetwork(bytes, file);
  const { numbers, graph } = read;
  const plan = planOf(graph, file);
  return {
    ...read,
    plan,
    summary: {
      file,
      fileBytes: bytes.length,
      numbers,
      constantBytes: numbers === 'int8' ? constantBytes(graph) : FLOAT_BYTES * floatsOf(graph),
      activationBytes: planArena(graph).bytes * (numbers === 'int8' ? 1 : FLOAT_BYTES),
      input: described(tensorAt<GraphTensor | QuantizedTensor>(graph, graph.input)),
      output: described(tensorAt<GraphTensor | QuantizedTensor>(graph, graph.output)),
      layers: layersOf(graph, plan),
      costs: deviceCosts(plan, [...devices.values(), ...(typeof device === 'object' ? [deviceOf(device)] : [])]),
    },
  };
}

function planOf(graph: Parameters<typeof asNetwork>[0], file: string): NetworkPlan {
  try {
    return planNetwork(asNetwork(graph));
  } catch (error) {
    throw new WorkbenchError('invalid-data', sayLater('{file} has no costs here, since {why}.', { file, why: reasonOf(error) }), { file });
  }
}

const floatsOf = ({ operations }: FloatGraph) =>
  operations.reduce((sum, operation) => sum + ('weights' in operation ? operation.weights.length + operation.bias.length : 0), 0);

function described(tensor: GraphTensor | QuantizedTensor): OpenedTensor {
  const { name, shape } = tensor;
  if (!('scale' in tensor)) return { name, shape, range: null };
  const { scale, zeroPoint } = tensor;
  return { name, shape, range: { low: scale * (-128 - zeroPoint), high: scale * (127 - zeroPoint) } };
}

function layersOf(graph: Parameters<typeof asNetwork>[0], plan: NetworkPlan): OpenedLayer[] {
  const rows = layerTable(plan);
  const [device] = devices.values();
  // Neither metric depends on the device.
  const [macs, flash] = (['macs', 'flashBytes'] as const).map((id) => metricFor(id, device as NonNullable<typeof device>));
  return graph.operations.map((operation, at) => {
    const { name, shape } = tensorAt(graph, operation.output);
    // `asNetwork` names layers after places.
    const own = rows.filter(({ path }) => path === `${at}-${operation.kind}`);
    const total = (metric: typeof macs) => own.reduce((sum, row) => sum + layerCost(metric as NonNullable<typeof macs>, row), 0);
    return {
      operation: operation.kind,
      name,
      shape,
      reads: inputsOf(operation).map((index) => tensorAt(graph, index).name),
      macs: total(macs),
      flashBytes: total(flash),
    };
  });
}
