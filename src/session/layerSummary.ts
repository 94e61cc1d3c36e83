import type { OperationFacts } from '../core/cost/layerFacts';
import type { PlannedLayer } from '../core/network/plan';
import type { LayerSummary } from '../protocol/protocol';

/** What of a layer is drawn. @param operations what its costs follow from */
export function summarize(layer: PlannedLayer, operations: readonly OperationFacts[]): LayerSummary {
  const { id, inputs, outputShape } = layer;
  const common = { id, inputs, outputShape, operations };
  if (layer.kind === 'mixedOp') return { ...common, op: null, candidates: layer.candidates.map(({ name }) => name), kernel: null };
  const { attributes } = layer.operation;
  const kernel = attributes.op === 'conv2d' || attributes.op === 'depthwiseConv2d' ? attributes.kernel : null;
  return { ...common, op: attributes.op, candidates: [], kernel };
}
