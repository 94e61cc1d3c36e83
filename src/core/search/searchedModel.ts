/** A network together with its architecture parameters. */
import { costTable } from '../cost/costTable';
import type { Metric } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import { disposeParameters, type Parameters } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import { createRandom } from '../random';
import type { Architecture, ArchitectureValues } from './training/architecture';
import type { Model } from './training/engine';
import { Pit } from './architectures/pit';
import type { SearchConfig, SpaceKind } from '../config/searchConfig';
import type { SearchSpace } from './space';
import { SuperNet } from './architectures/supernet';

export type SearchedModel = Model & { readonly architecture: Architecture };

/**
 * The metrics that steer a search: those with a target at its start, and objectives. Every other metric is counted too, because a
 * person may limit it before deriving.
 * @throws WorkbenchError `invalid-setting` for an objective that is not known on the device
 */
export function steeredMetrics({ targets, objective }: SearchConfig, { metrics }: SearchSpace): Metric[] {
  const aims = objective?.metrics ?? [];
  const unknown = aims.find((aim) => !metrics.some(({ id }) => id === aim));
  if (unknown !== undefined)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('"{cost}" cannot be an objective here: it is not known on this device', { cost: unknown }),
    );
  return metrics.filter(({ id }) => targets[id] !== undefined || aims.includes(id));
}

/** @param parameters their ownership passes to the model; `disposeModel` disposes them */
export function searchedModel(
  kind: SpaceKind,
  plan: NetworkPlan,
  parameters: Parameters,
  config: SearchConfig,
  space: SearchSpace,
  initial?: ArchitectureValues,
): SearchedModel {
  const steered = steeredMetrics(config, space);
  const architecture =
    kind === 'candidates'
      ? new SuperNet(plan, costTable(plan, steered), { ...config, random: createRandom(config.randomSeed, 'gumbel') }, space, initial)
      : new Pit(plan, steered, config.temperature, initial, space.metrics);
  return { plan, parameters, architecture };
}

export function disposeModel({ parameters, architecture }: Model): void {
  disposeParameters(parameters);
  architecture?.dispose();
}
