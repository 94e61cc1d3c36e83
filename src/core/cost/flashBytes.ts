import { WorkbenchError } from '../errors';
import type { LayerRow } from './layerTable';
import { weights } from './params';

/**
 * Bytes of a layer's constants on a device that runs int8: one byte a weight, and an int32 bias per output channel
 * where the layer has one or gets one from the batch norm folded into it.
 *
 * @throws WorkbenchError `invalid-network` for a batch norm that folds into no layer: int8 runtimes have no such layer
 */
export function flashBytes(row: LayerRow): number {
  if (row.kind === 'batchNorm')
    throw new WorkbenchError(
      'invalid-network',
      `batch norm "${row.path}" does not follow a convolution or dense layer of its own, so it cannot be folded and its flash is unknown`,
    );
  return weights(row) + (row.bias || row.foldsBatchNorm ? 4 * row.outChannels : 0);
}
