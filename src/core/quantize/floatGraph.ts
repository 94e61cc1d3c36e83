import type { Activation, Graph, GraphOperation, GraphTensor } from './graph';

/** What a layer with weights holds before it is quantised. */
export interface FloatValues {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

export type FloatOperation = GraphOperation<FloatValues>;

/** A trained network as it is on a device, with batch norms folded and ReLUs fused, before it is quantised. */
export type FloatGraph = Graph<GraphTensor, FloatValues>;
