/** The work of a forward pass, which training is counted in. */
import { layerTable } from '../cost/layerTable';
import { macs } from '../cost/macs';
import { costOf } from '../cost/terms';
import { mixedOps, type NetworkPlan } from '../network/plan';

/**
 * Multiply-accumulates of one forward pass of one example.
 * @param singlePath whether a pass runs one candidate of each mixed operation; then the mean over them, since each gets as many turns
 */
export function passMacs(network: NetworkPlan, singlePath = false): number {
  const turns = new Map(singlePath ? mixedOps(network).map(({ id, candidates }) => [id, candidates.length]) : []);
  return layerTable(network).reduce(
    (total, row) => total + costOf(macs(row), row) / ((row.choice && turns.get(row.choice.mixedOp)) ?? 1),
    0,
  );
}
