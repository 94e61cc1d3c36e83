/** Where TensorFlow Lite Micro puts the tensors of a .tflite file, and the plan in the file by which it needs less memory. */
import { planArena, planLargestFirst } from '../../core/quantize/arena';
import type { Graph, GraphTensor, QuantizedGraph } from '../../core/quantize/graph';

/** Every tensor begins at a multiple of so many bytes. Source: tensorflow/lite/micro/micro_arena_constants.h. */
const STEP = 16;

interface MemoryPlan {
  /** What activations take in TensorFlow Lite Micro. */
  readonly bytes: number;
  /** Offset in bytes by the tensor's index, which the file holds; null where its own plan takes no more. */
  readonly offsets: ReadonlyMap<number, number> | null;
}

/** TensorFlow Lite Micro plans by itself, and not always as closely as can be. A plan in the file takes its place. */
export function memoryPlan(graph: Graph<GraphTensor, unknown>): MemoryPlan {
  const [own, closest] = [planLargestFirst(graph, STEP), planArena(graph, STEP)];
  return own.bytes <= closest.bytes ? { bytes: own.bytes, offsets: null } : closest;
}

/** A factor and a shift of 32 bits for each channel of a convolution. Source: tensorflow/lite/micro/kernels/conv_common.cc. */
const BYTES_OF_A_CHANNEL = 8;
/** More than the interpreter's other tables took in any network on 64 bits, where pointers are the largest; see docs/export.md. */
const [BYTES_OF_AN_OPERATION, BYTES_OF_ANY] = [256, 2048];

/** An arena that suffices for activations and for what TensorFlow Lite Micro's interpreter keeps, with its plain kernels. */
export function arenaBytes(graph: QuantizedGraph): number {
  const { operations } = graph;
  const channels = operations.reduce(
    (sum, operation) => sum + ('weights' in operation && operation.weightScales.length > 1 ? operation.weightScales.length : 0),
    0,
  );
  return memoryPlan(graph).bytes + BYTES_OF_A_CHANNEL * channels + BYTES_OF_AN_OPERATION * operations.length + BYTES_OF_ANY;
}

/** The name of the metadata that holds the plan. Source: tensorflow/lite/micro/docs/memory_management.md. */
export const PLAN_NAME = 'OfflineMemoryAllocation';

/** What the plan says of tensors that hold constants. */
const NOWHERE = -1;

/** @param offsets by the place of the tensor in the file. @param count of all tensors in the file */
export function planNumbers(offsets: ReadonlyMap<number, number>, count: number): Int32Array {
  const [version, subgraphs] = [1, 1];
  return Int32Array.from([version, subgraphs, count, ...Array.from({ length: count }, (_, place) => offsets.get(place) ?? NOWHERE)]);
}
