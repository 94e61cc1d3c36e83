import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { LayerRow } from './layerTable';
import { weights } from './params';
import { channels, term, type CostTerm } from './terms';

/**
 * Bytes of a layer's constants on a device that runs int8: one byte per weight, and an int32 bias per output channel
 * when the layer has one or gets one from the batch norm folded into it.
 *
 * @throws WorkbenchError `invalid-network` for a batch norm that folds into no layer: int8 runtimes have no such layer
 */
export function flashBytes(row: LayerRow): CostTerm[] {
  if (row.kind === 'batchNorm') throw unfoldedBatchNorm(row);
  return [...weights(row), ...(row.bias || row.foldsBatchNorm ? [term(4, null, channels)] : [])];
}

/** The error for a batch norm that stands alone, for metrics that cannot count one. */
export function unfoldedBatchNorm({ path }: LayerRow): WorkbenchError {
  return new WorkbenchError(
    'invalid-network',
    sayLater(
      'batch norm "{path}" does not follow a convolution or dense layer of its own, so it cannot be folded and its cost on a device is unknown',
      { path },
    ),
  );
}
