/** Shared by the strategies that train architecture parameters along with the weights. */
import { meanChannelCosts } from '../cost/costRows';
import type { Choice } from '../network/choose';
import { channelMap } from '../network/channels';
import { mixedOps, type NetworkPlan } from '../network/plan';
import { createParameters, initialWeights } from '../network/parameters';
import { BestEpoch } from '../search/training/bestEpoch';
import type { Costs, Targets } from '../cost/metrics';
import { shortfall } from '../search/constraints/reach';
import type { Phase, PhasePlan, SearchEvent } from '../search/events';
import { frozen, rateAt, variablesOf, type SearchKit } from '../search/kit';
import type { SearchConfig, Size, SpaceKind, Start } from '../config/searchConfig';
import { disposeModel, searchedModel, type SearchedModel } from '../search/searchedModel';
import type { Position } from '../search/trainPhase';
import type { StepControls } from '../search/training/trainingStep';
import type { Code, Networks } from '../search/networks/networks';
import { Pit } from '../search/architectures/pit';
import { SuperNet } from '../search/architectures/supernet';
import type { ArchitectureValues, Discretised } from '../search/training/architecture';
import type { Derivation, Derived } from './strategy';
import { halve, halvingEpochs, Trials } from './trials';

/** The network to search first, with random weights. */
export function startModel(kit: SearchKit, kind: SpaceKind): SearchedModel {
  const plan = kind === 'candidates' ? kit.space.supernet : kit.space.seed;
  const parameters = createParameters(plan, initialWeights(plan, kit.random('weights')));
  return searchedModel(kind, plan, parameters, kit.config, kit.space, startValues(kit, plan, kit.networks));
}

/** The weight of a favoured candidate at its place. */
const FIRST_WEIGHT = 0.6;

/** |α| of channels beyond those of a favoured network, which has 1: above the threshold, so that they are searched, too. */
const BEYOND = 0.6;

/**
 * Architecture parameters that favour one network within the targets, if the search starts from it.
 * @param plan the network whose candidates or channels are searched
 * @param networks those that it may become
 */
export function startValues({ config, pressure, space }: SearchKit, plan: NetworkPlan, networks: Networks): ArchitectureValues | undefined {
  const by = favourite[config.start[networks.kind]];
  // There is none to favour where no network meets the targets; a person may raise them meanwhile.
  const table = networks.kind === 'candidates' ? space.candidates : pressure.table;
  if (by === null || shortfall(table, pressure.targets)) return undefined;
  const favoured = networks.largest(pressure.targets, by);
  return networks.kind === 'candidates' ? candidateValues(plan, config, favoured) : channelValues(plan, favoured);
}

/** What the network has most of that a search starts from. */
export const favourite = { even: null, largest: 'params', balanced: 'balance' } as const satisfies Record<Start, Size | 'balance' | null>;

function channelValues(seed: NetworkPlan, favoured: Code): ArchitectureValues {
  return Object.fromEntries(
    channelMap(seed).groups.map(({ id, channels }, at) => {
      // A group's last channel always stays.
      const isFavoured = (channel: number) => channel < (favoured[at] as number) || channel === channels - 1;
      return [id, Array.from({ length: channels }, (_, channel) => (isFavoured(channel) ? 1 : BEYOND))];
    }),
  );
}

function candidateValues(supernet: NetworkPlan, config: SearchConfig, favoured: Code): ArchitectureValues {
  return Object.fromEntries(
    mixedOps(supernet).map(({ id, candidates }, place) => {
      const lead = config.temperature.start * Math.log((FIRST_WEIGHT / (1 - FIRST_WEIGHT)) * (candidates.length - 1));
      return [id, candidates.map((_, candidate) => (candidate === favoured[place] ? lead : 0))];
    }),
  );
}

/** Reports which channels are searched from now on, and which costs are still in reach. */
export function tellGroups(kit: SearchKit, { architecture }: SearchedModel): SearchEvent {
  const { groups, metrics, formula } = architecture;
  const whole = new Map(groups.map(({ id, channels }) => [id, channels] as const));
  const means = formula?.kind === 'channels' ? meanChannelCosts(formula.costs, whole) : [];
  const costsOf = (perMetric: readonly number[]): Costs => Object.fromEntries(metrics.map((metric, at) => [metric, perMetric[at]]));
  const channelCosts = Object.fromEntries(groups.map(({ id }, at) => [id, costsOf(means[at] ?? [])] as const));
  return { kind: 'masks', step: kit.steps, groups, table: kit.pressure.table, channelCosts };
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
    if (pressure.changed()) yield pressure.takeIn(null, before + position.stepInPhase);
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
    yield* kit.trainToBest(run, variables, new BestEpoch(variables, kit.task.validation, earlyStop.patience, from), choices);
  } else yield* kit.train(run, variables, choices);
  yield* kit.measure(kind === 'candidates' ? 'supernet' : 'masked', model);
}

/**
 * Derives the network that the architecture parameters stand for under the targets. With a shortlist, other networks of the space
 * are tried out beside it with the values that they have in the searched network, and the best of them is taken.
 * @param choice candidates that an earlier search chose
 */
export function deriving(kit: SearchKit, model: SearchedModel, networks: Networks, choice: Choice = {}): Derivation {
  return async function* (targets) {
    const derived = await discretised(model, targets);
    if (kit.config.shortlist === 1) return { ...derived, choice: { ...choice, ...derived.choice } };
    const found = await filled(model, networks, targets, derived);
    const trials = new Trials(kit, targets);
    try {
      const entrants = [trials.enter(found)];
      for (const code of await shortlisted(kit, model, networks, targets, found)) {
        const entrant = asDerived(await model.architecture.network(code, model.parameters));
        entrants.push(trials.enter(entrant));
      }
      const winner = yield* halve(trials, entrants, () => 1);
      const derived = trials.take(winner, kit.config.epochs.finetune);
      return { ...derived, choice: { ...choice, ...derived.choice } };
    } finally {
      trials.dispose();
    }
  };
}

/** With the channels besides that the targets leave room for. Disposes the narrower model. */
async function filled({ architecture, parameters }: SearchedModel, networks: Networks, targets: Targets, found: Derived): Promise<Derived> {
  if (!(architecture instanceof Pit)) return found;
  const kept = new Map(found.channels.map((layer) => [layer.layer, layer.kept]));
  const code = architecture.groups.map(({ layers: [layer] }) => (kept.get(layer as string) as number) - 1);
  disposeModel(found.model);
  return asDerived(await architecture.network(networks.filled(code, targets), parameters));
}

/**
 * The trials of a derivation, for estimating time.
 * @param plan a network of about the size of those on trial; by default the largest that fits
 */
export function trialPlans(
  kit: SearchKit,
  plan = kit.networks.describe(kit.networks.largest(kit.pressure.targets, 'macs')).plan,
): PhasePlan[] {
  const { shortlist } = kit.config;
  if (shortlist === 1) return [];
  return [kit.plan('trials', halvingEpochs(shortlist), plan)];
}

/** @throws WorkbenchError `infeasible-targets` */
export async function discretised({ architecture, parameters }: SearchedModel, targets: Targets): Promise<Derived> {
  return asDerived(await architecture.discretise(targets, parameters));
}

function asDerived({ network, plan, choice, channels, parameters }: Discretised): Derived {
  return { network, choice, channels, model: { plan, parameters, architecture: null } };
}

/**
 * Networks to try out beside the one that was found: the one that the search started from, the largest ones that fit, then those of
 * greatest joint weight where the space can be listed.
 */
async function shortlisted(
  { config }: SearchKit,
  { architecture }: SearchedModel,
  networks: Networks,
  targets: Targets,
  found: Derived,
): Promise<Code[]> {
  const same = JSON.stringify(found.network);
  const others = new Map<string, Code>();
  const add = (code: Code) => {
    if (others.size < config.shortlist - 1 && JSON.stringify(networks.describe(code).plan.network) !== same) others.set(code.join(), code);
  };
  if (config.start[networks.kind] === 'balanced') add(networks.largest(targets, 'balance'));
  add(networks.largest(targets, 'params'));
  add(networks.largest(targets, 'macs'));
  if (architecture instanceof SuperNet) {
    const scores = await architecture.readLogProbabilities();
    const score = (code: Code) => code.reduce((sum, pick, place) => sum + (scores[place]?.[pick] as number), 0);
    const listed = networks.list(targets) ?? [];
    for (const code of listed.toSorted((a, b) => score(b) - score(a))) add(code);
  }
  return [...others.values()];
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
  if (pressure.changed() || (taskLoss !== null && !pressure.armed)) {
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
