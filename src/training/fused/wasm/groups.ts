/** Trainable parameters by when they move: those of one group all move in the same steps, which the optimizer counts for each group. */
import type { NetworkPlan, PlannedOperation } from '../../../core/network/plan';
import { roomOf } from './places';

export interface Group {
  readonly name: string;
  /** Full names of its parameters. */
  readonly parameters: readonly string[];
  /** Where they lie among all trainable parameters, in numbers. */
  readonly ranges: readonly { readonly from: number; readonly count: number }[];
}

/** The group of parameters that move in every step. */
const ALWAYS = 'all';

/**
 * @param singlePath whether a step moves one candidate of each mixed operation; otherwise all parameters are one group
 * @returns groups in the order of their first parameter
 */
export function groupsOf(plan: NetworkPlan, singlePath: boolean): Group[] {
  const groups = new Map<string, { readonly parameters: string[]; readonly ranges: { from: number; count: number }[] }>();
  let at = 0;
  const place = (name: string, operation: PlannedOperation) => {
    for (const parameter of operation.parameters) {
      if (!parameter.trainable) continue;
      const { parameters, ranges } = groups.get(name) ?? { parameters: [], ranges: [] };
      groups.set(name, { parameters, ranges });
      parameters.push(parameter.fullName);
      const last = ranges.at(-1);
      if (last && last.from + last.count === at) last.count += roomOf(parameter);
      else ranges.push({ from: at, count: roomOf(parameter) });
      at += roomOf(parameter);
    }
  };
  for (const layer of plan.layers)
    if (layer.kind === 'operation') place(ALWAYS, layer.operation);
    else
      for (const { name, chain } of layer.candidates)
        for (const operation of chain) place(singlePath ? `${layer.id}/${name}` : ALWAYS, operation);
  return [...groups].map(([name, group]) => ({ name, ...group }));
}
