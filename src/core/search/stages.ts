/** The networks that a search trains, one per stage, each with its method's architecture parameters. */
import { costTable } from '../cost/costTable';
import type { Metric } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import { createParameters, disposeParameters, initialWeights, type Parameters } from '../network/parameters';
import type { NetworkPlan } from '../network/plan';
import { createRandom } from '../random';
import type { Architecture } from './architecture';
import type { Model } from './engine';
import { Pit } from './pit';
import { stagesOf, type SearchConfig, type Stage } from './searchConfig';
import type { SearchSpace } from './space';
import { SuperNet } from './supernet';

export type SearchedModel = Model & { readonly architecture: Architecture };

/**
 * What a search is steered by: costs that are limited from the start, or an objective. Everything that can be limited is
 * counted, and may be limited when deriving.
 * @throws WorkbenchError `invalid-setting` for an objective that is not known on the device
 */
export function steeredMetrics({ targets, objective }: SearchConfig, { metrics }: SearchSpace): Metric[] {
  const aims = objective?.metrics ?? [];
  const unknown = aims.find((aim) => !metrics.some(({ id }) => id === aim));
  if (unknown !== undefined)
    throw new WorkbenchError('invalid-setting', `"${unknown}" cannot be an objective here: it is not known on this device`);
  return metrics.filter(({ id }) => targets[id] !== undefined || aims.includes(id));
}

/** The first stage's network with random weights. */
export function firstStage(config: SearchConfig, space: SearchSpace): SearchedModel {
  const [stage] = stagesOf[config.method];
  const plan = space.searched;
  return modelOf(stage, plan, createParameters(plan, initialWeights(plan, createRandom(config.randomSeed, 'weights'))), config, space);
}

/** @param parameters taken over; `disposeModel` disposes them */
export function modelOf(stage: Stage, plan: NetworkPlan, parameters: Parameters, config: SearchConfig, space: SearchSpace): SearchedModel {
  return { plan, parameters, architecture: architectureOf(stage, plan, config, space) };
}

function architectureOf(stage: Stage, plan: NetworkPlan, config: SearchConfig, space: SearchSpace): Architecture {
  const steered = steeredMetrics(config, space);
  switch (stage) {
    case 'supernet':
      return new SuperNet(plan, costTable(plan, steered), { ...config, random: createRandom(config.randomSeed, 'gumbel') }, space);
    case 'pit':
      return new Pit(plan, steered, config.temperature, undefined, space.metrics);
    default:
      return stage satisfies never;
  }
}

export function disposeModel({ parameters, architecture }: Model): void {
  disposeParameters(parameters);
  architecture?.dispose();
}
