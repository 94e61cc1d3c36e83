import type { PlannedLayer } from '../core/network/plan';
import type { LayerSummary } from '../protocol/protocol';

/** What of a layer is drawn. */
export function summarize(layer: PlannedLayer): LayerSummary {
  const { id, inputs, outputShape } = layer;
  if (layer.kind === 'mixedOp')
    return { id, inputs, outputShape, op: null, candidates: layer.candidates.map(({ name }) => name), kernel: null };
  const { attributes } = layer.operation;
  const kernel = attributes.op === 'conv2d' || attributes.op === 'depthwiseConv2d' ? attributes.kernel : null;
  return { id, inputs, outputShape, op: attributes.op, candidates: [], kernel };
}
