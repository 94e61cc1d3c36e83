import type { Targets } from '../cost/metrics';
import { layerTable } from '../cost/layerTable';
import { mixedOps } from '../network/plan';
import { bestWithin } from '../search/constraints/choosing';
import { shortfall } from '../search/constraints/reach';
import { infeasible } from '../search/constraints/sentences';
import { balanceOf } from '../search/scores/size';
import type { SearchSpace } from '../search/space';
import type { Code } from '../search/networks/networks';

/**
 * The network of candidates with the greatest balance (core/search/scores/size.ts) within the targets.
 * @throws WorkbenchError `infeasible-targets` when none meets them
 */
export function mostBalanced({ supernet, candidates: table }: SearchSpace, targets: Targets): Code {
  const rows = layerTable(supernet);
  const scores = mixedOps(supernet).map(({ id, candidates }) =>
    candidates.map(({ name }) =>
      rows.filter(({ choice }) => choice?.mixedOp === id && choice.candidate === name).reduce((sum, row) => sum + balanceOf(row), 0),
    ),
  );
  const picks = bestWithin(table, targets, scores);
  if (!picks) throw infeasible(shortfall(table, targets) ?? []);
  return picks;
}
