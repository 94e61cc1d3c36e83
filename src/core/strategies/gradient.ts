/** Shared by the strategies that train architecture parameters along with the weights. */
import type { Choice } from '../network/choose';
import { createParameters, initialWeights } from '../network/parameters';
import { BestEpoch } from '../search/training/bestEpoch';
import type { Targets } from '../cost/metrics';
import type { Phase, SearchEvent } from '../search/events';
import { frozen, rateAt, variablesOf, type SearchKit } from '../search/kit';
import type { SpaceKind } from '../config/searchConfig';
import { searchedModel, type SearchedModel } from '../search/searchedModel';
import type { Position } from '../search/trainPhase';
import type { StepControls } from '../search/training/trainingStep';
import type { Derivation, Derived } from './strategy';

/** The network to search first, with random weights. */
export function startModel(kit: SearchKit, kind: SpaceKind): SearchedModel {
  const plan = kind === 'candidates' ? kit.space.supernet : kit.space.seed;
  const parameters = createParameters(plan, initialWeights(plan, kit.random('weights')));
  return searchedModel(kind, plan, parameters, kit.config, kit.space);
}

/** Reports which channels are searched from now on, and which costs are still in reach. */
export function tellGroups(kit: SearchKit, { architecture }: SearchedModel): SearchEvent {
  return { kind: 'masks', step: kit.steps, groups: architecture.groups, table: kit.pressure.table };
}

/**
 * Trains only weights. A target that moves meanwhile takes effect when the search begins.
 * @returns the mean training loss of the last epoch, null without epochs
 */
export async function* warmup(kit: SearchKit, model: SearchedModel): AsyncGenerator<SearchEvent, number | null> {
  const { config, pressure } = kit;
  const { optimizer, rate } = config.warmup;
  const before = kit.steps;
  const controls = async function* (position: Position): AsyncGenerator<SearchEvent, StepControls> {
    yield* kit.takeInTargets(before + position.stepInPhase);
    return { ...frozen, weightRate: rateAt(config, 'warmup', rate ?? config.weightRate, position), penalties: pressure.penalties(0) };
  };
  const run = { phase: 'warmup', epochs: config.epochs.warmup, model, controls } as const;
  const { lastLoss } = yield* kit.train(run, variablesOf(model), { optimizer });
  return lastLoss;
}

/**
 * Trains weights and architecture parameters together, under the constraints.
 * @param taskLoss the reference for strengths; null uses the loss of the first batch, whose own step has no penalty
 */
export async function* searchArchitecture(
  kit: SearchKit,
  model: SearchedModel,
  kind: SpaceKind,
  phase: Extract<Phase, 'search' | 'masks'>,
  taskLoss: number | null,
): AsyncGenerator<SearchEvent, void> {
  const { epochs, earlyStop } = kit.config;
  const variables = variablesOf(model);
  let reference = taskLoss;
  const onLoss = (loss: number) => {
    reference ??= loss;
  };
  const before = kit.steps;
  const controls = (position: Position) => searchControls(kit, model, before, position, reference);
  const run = { phase, epochs: epochs.search, model, controls, onLoss } as const;
  const choices = { batches: kit.data.searchBatches(kind) };
  if (earlyStop.patience > 0) {
    const from = Math.floor(earlyStop.searchFrom * epochs.search);
    yield* kit.trainToBest(run, variables, new BestEpoch(variables, kit.task.quality, earlyStop.patience, from), choices);
  } else yield* kit.train(run, variables, choices);
  yield* kit.measure(kind === 'candidates' ? 'supernet' : 'masked', model);
}

/** Derives by discretising the architecture parameters under the targets. @param choice candidates that an earlier search chose */
export function deriving(model: SearchedModel, choice: Choice = {}): Derivation {
  // eslint-disable-next-line require-yield -- it trains nothing, so it has no events
  return async function* (targets) {
    const derived = await discretised(model, targets);
    return { ...derived, choice: { ...choice, ...derived.choice } };
  };
}

/** @throws WorkbenchError `infeasible-targets` */
export async function discretised({ architecture, parameters }: SearchedModel, targets: Targets): Promise<Derived> {
  const { network, plan, choice, channels, parameters: own } = await architecture.discretise(targets, parameters);
  return { network, choice, channels, model: { plan, parameters: own, architecture: null } };
}

async function* searchControls(
  { config, pressure }: SearchKit,
  { architecture }: SearchedModel,
  stepsBefore: number,
  position: Position,
  taskLoss: number | null,
): AsyncGenerator<SearchEvent, StepControls> {
  const { epoch, stepInPhase, stepsInPhase, turn } = position;
  // Without warm-up there is no reference loss for the first step. It has no penalty, and its loss becomes the reference.
  if (pressure.changed || (taskLoss !== null && !pressure.armed)) {
    const state = taskLoss === null ? null : { taskLoss, costs: await architecture.readCosts() };
    yield pressure.takeIn(state, stepsBefore + stepInPhase);
  }
  architecture.advance(stepInPhase / stepsInPhase);
  const { weightRate, archRate } = config;
  return {
    weightRate: turn === 'architecture' ? 0 : rateAt(config, 'search', weightRate, position),
    archRate: turn === 'weights' ? 0 : rateAt(config, 'search', archRate, position),
    penalties: pressure.penalties(epoch),
  };
}
