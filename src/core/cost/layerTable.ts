/** The layer table: one row per layer that costs anything, the only thing that cost metrics read. */
import type { NetworkPlan, PlannedOperation } from '../network/plan';
import type { CostFeatures } from '../ops/operation';

export interface LayerRow extends CostFeatures {
  /** The layer's id, or `id/candidate/index` inside a mixed operation. */
  readonly path: string;
  /** The mixed operation and the candidate that the layer belongs to, null for a fixed layer. */
  readonly choice: { readonly mixedOp: string; readonly candidate: string } | null;
  /** A batch norm follows, whose scale and offset fold into the kernel and a bias. */
  readonly foldsBatchNorm: boolean;
}

export function layerTable(plan: NetworkPlan): LayerRow[] {
  const readers = countReaders(plan);
  const fixed = new Map<string, PlannedOperation>();
  const rows: LayerRow[] = [];
  const folding = new Set<string>();

  const visit = (operation: PlannedOperation, previous: PlannedOperation | undefined, choice: LayerRow['choice']) => {
    const row = features(operation);
    if (operation.attributes.op === 'batchNorm' && previous && features(previous) && (readers.get(previous.path) ?? 1) === 1)
      folding.add(previous.path);
    else if (row) rows.push({ ...row, path: operation.path, choice, foldsBatchNorm: false });
  };

  for (const layer of plan.layers) {
    if (layer.kind === 'operation') {
      visit(layer.operation, fixed.get(layer.inputs[0] as string), null);
      fixed.set(layer.id, layer.operation);
    } else {
      for (const { name, chain } of layer.candidates)
        chain.forEach((operation, index) => visit(operation, chain[index - 1], { mixedOp: layer.id, candidate: name }));
    }
  }
  return rows.map((row) => (folding.has(row.path) ? { ...row, foldsBatchNorm: true } : row));
}

function features({ operation, attributes, inputShapes, outputShape }: PlannedOperation): CostFeatures | null {
  return operation.costFeatures(attributes, inputShapes, outputShape);
}

/** How many layers read each layer. Layers inside a candidate are read once and are not listed. */
function countReaders(plan: NetworkPlan): Map<string, number> {
  const counts = new Map<string, number>();
  for (const layer of plan.layers) for (const input of layer.inputs) counts.set(input, (counts.get(input) ?? 0) + 1);
  return counts;
}
