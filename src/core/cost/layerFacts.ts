/** What the costs of each layer follow from, as plain data worked out from a plan once; `layerCosts.ts` computes them. */
import { operationsOf, type NetworkPlan } from '../network/plan';
import { activationSteps, type ActivationStep } from './activations';
import { layerTable } from './layerTable';
import type { Metric } from './metrics';
import type { CostTerm } from './terms';

/** One operation of a layer, or of one of its candidates. */
export interface OperationFacts {
  /** The layer's id, or `id/candidate/index` inside a mixed operation. */
  readonly path: string;
  /** The candidate that it belongs to, null outside of mixed operations. */
  readonly candidate: string | null;
  /** Whether output channel i depends only on input channel i, so that channels that are removed before it are removed after it. */
  readonly passesChannels: boolean;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Per metric the terms of its cost; empty for peak RAM and for operations that cost nothing. */
  readonly terms: readonly (readonly CostTerm[])[];
  /** What is in memory while it runs. */
  readonly live: ActivationStep['live'];
}

/** The operations of each layer by its id, in network order. @param metrics in the order in which `terms` has them */
export function layerFacts(plan: NetworkPlan, metrics: readonly Metric[]): ReadonlyMap<string, readonly OperationFacts[]> {
  const rows = new Map(layerTable(plan).map((row) => [row.path, row]));
  const steps = new Map(activationSteps(plan).map((step) => [step.path, step]));
  return new Map(
    plan.layers.map((layer) => [
      layer.id,
      operationsOf(layer).map(({ path, operation }): OperationFacts => {
        const row = rows.get(path);
        const { choice, live } = steps.get(path) as ActivationStep;
        return {
          path,
          candidate: choice?.candidate ?? null,
          passesChannels: operation.channels === 'kept',
          inChannels: row?.inChannels ?? 0,
          outChannels: row?.outChannels ?? 0,
          terms: metrics.map((metric) => (row && metric.combine === 'sum' ? metric.terms(row) : [])),
          live,
        };
      }),
    ]),
  );
}
