/**
 * Why a search decided as it did, in words, from what it recorded: weights, costs, and how the task's loss and the penalty pulled. It
 * names what decided, and says so where the recorded numbers do not tell.
 */
import type { Costs, MetricId } from '../cost/metrics';
import { metricText, metricTexts } from '../cost/metricTexts';

/** `constraints`: the derivation, which meets the targets exactly. `trials`: the shortlist. */
export type Decider = 'task' | 'penalty' | 'both' | 'trials' | 'constraints' | 'unknown';

export interface Reason {
  readonly decider: Decider;
  /** One or two sentences. */
  readonly text: string;
}

/** Mean negative gradients over the search, in loss per unit of the parameter: above 0 towards more weight, or more channels. */
export interface Pull {
  readonly task: number;
  readonly penalty: number;
}

/** Training losses of two networks on trial. */
export interface TriedLosses {
  readonly instead: number;
  readonly chosen: number;
}

export interface CandidateFacts {
  /** As it stands in a sentence. */
  readonly name: string;
  /** In the metrics that steered the search. */
  readonly costs: Costs;
  /** Weights before and after the search; null where they are not recorded. */
  readonly start: number | null;
  readonly end: number | null;
  readonly pull: Pull | null;
}

export interface PlaceFacts {
  readonly candidates: readonly CandidateFacts[];
  /** Positions among the candidates: of the one in the found network, and of the one that the search itself stood for. */
  readonly chosen: number;
  readonly derived: number;
  /** Of the network that the search stood for and of the chosen one; null without trials. */
  readonly losses: TriedLosses | null;
}

/** A pull counts as weak against another of which it is less than this share. */
const WEAK = 0.2;

/** @throws nothing; facts that are missing lead to a reason that says so */
export function whyCandidate({ candidates, chosen, derived, losses }: PlaceFacts): Reason {
  const at = (index: number) => candidates[index] as CandidateFacts;
  const winner = at(chosen);
  if (chosen !== derived) return inTrials(winner.name, at(derived).name, losses);
  const likeliest = most(candidates, ({ end }) => end);
  if (likeliest === null) return untold;
  if (likeliest !== winner) {
    const why = `${sentence(likeliest.name)} had the greatest weight after the search, ${share(likeliest.end)}. With it the targets would have asked for less likely candidates elsewhere, or could not have been met`;
    return { decider: 'constraints', text: `${why}, so the derivation took ${winner.name}${costing(winner, likeliest)}.` };
  }
  const rivals = candidates.filter((candidate) => candidate !== winner);
  const leader = most(candidates, ({ start }) => start);
  // The one that led and lost tells more than the one that came second.
  const rival = leader !== null && leader !== winner && leads(leader, rivals) ? leader : most(rivals, ({ end }) => end);
  if (!rival) return { decider: 'unknown', text: 'There was nothing else to choose.' };
  if (!winner.pull || !rival.pull) return untold;
  return byPulls(winner, rival, winner.pull.task - rival.pull.task, winner.pull.penalty - rival.pull.penalty);
}

/** @param task how much more the task's loss pulled towards the winner, and `penalty` likewise */
function byPulls(winner: CandidateFacts, rival: CandidateFacts, task: number, penalty: number): Reason {
  const more = difference(rival, winner);
  const loser = sentence(rival.name);
  if (task + penalty <= 0 || Number.isNaN(task + penalty)) {
    const began = (winner.start ?? 0) > (rival.start ?? 0) ? ` It began with more weight, ${share(winner.start)}, and kept the lead.` : '';
    return {
      decider: 'unknown',
      text: `The recorded pulls do not explain it: on average they favoured ${rival.name} over ${winner.name}.${began}`,
    };
  }
  if (penalty > 0 && Math.abs(task) < WEAK * penalty)
    return { decider: 'penalty', text: `${loser} lost: it ${costsMore(more)} and helped the loss little.` };
  if (task > 0 && Math.abs(penalty) < WEAK * task)
    return {
      decider: 'task',
      text: `${sentence(winner.name)} won over ${rival.name}: it helped the loss more, and the penalty hardly told them apart.`,
    };
  if (task < 0)
    return {
      decider: 'penalty',
      text: `${loser} lost, though it helped the loss more: it ${costsMore(more)}, and the penalty pulled harder.`,
    };
  if (penalty < 0)
    return {
      decider: 'task',
      text: `${sentence(winner.name)} won over ${rival.name}, though it ${costsMore(difference(winner, rival))}: it helped the loss, which pulled harder than the penalty.`,
    };
  return { decider: 'both', text: `${loser} lost on both counts: it ${costsMore(more)}, and it helped the loss less than ${winner.name}.` };
}

export interface ChannelFacts {
  readonly total: number;
  /** In the found network, and in the one that the search itself stood for. */
  readonly kept: number;
  readonly derived: number;
  /** Left by the masks after the search; null where that is not recorded. */
  readonly searched: number | null;
  /** Of one channel, while all are there; null where it is not recorded. */
  readonly costs: Costs | null;
  /** Means over the channels. */
  readonly pull: Pull | null;
  readonly losses: TriedLosses | null;
}

export function whyChannels({ total, kept, derived, searched, costs, pull, losses }: ChannelFacts): Reason {
  if (kept !== derived) return inTrials(channels(kept), channels(derived), losses);
  if (searched === null || !pull) return untold;
  if (kept < searched)
    return {
      decider: 'constraints',
      text: `The search kept ${searched} of ${total} channels. The derivation removed ${searched - kept} more, which mattered least, so that the targets are met.`,
    };
  const { task, penalty } = pull;
  const each = costs ? ` A channel costs ${amounts(costs)}.` : '';
  const all = kept === total;
  const held = task + penalty >= 0;
  if (all !== held && !(all && penalty === 0))
    return {
      decider: 'unknown',
      text: `The recorded pulls do not explain ${all ? `why all ${total} channels stayed` : `why ${total - kept} of ${total} channels went`}: they are means over the channels, and single ones may differ.${each}`,
    };
  if (all && penalty >= 0) return { decider: 'task', text: `All ${total} channels stayed: the penalty did not pull at them.${each}` };
  if (all)
    return { decider: 'task', text: `All ${total} channels stayed: they helped the loss, which pulled harder than the penalty.${each}` };
  const gone = `${total - kept} of ${total} channels went`;
  if (penalty >= 0) return { decider: 'task', text: `${gone}: the loss fell without them.${each}` };
  if (Math.abs(task) < WEAK * -penalty)
    return { decider: 'penalty', text: `${gone}: the penalty pulled at them, and they helped the loss little.${each}` };
  if (task > 0) return { decider: 'penalty', text: `${gone}, though they helped the loss: the penalty pulled harder.${each}` };
  return { decider: 'both', text: `${gone}: the penalty pulled at them, and the loss fell without them too.${each}` };
}

const untold: Reason = { decider: 'unknown', text: 'This run did not record what pulled at it, so its numbers do not tell why.' };

function inTrials(chosen: string, instead: string, losses: TriedLosses | null): Reason {
  const by = losses ? `: its training loss was ${losses.chosen.toFixed(3)} there, against ${losses.instead.toFixed(3)}` : '';
  return { decider: 'trials', text: `The search stood for ${instead}. The network with ${chosen} won the trials${by}.` };
}

/** The one of which the number is greatest; null where it is not recorded. */
function most(candidates: readonly CandidateFacts[], of: (candidate: CandidateFacts) => number | null): CandidateFacts | null {
  let best: CandidateFacts | null = null;
  for (const candidate of candidates) {
    const value = of(candidate);
    if (value === null) return null;
    if (!best || value > (of(best) as number)) best = candidate;
  }
  return best;
}

/** Whether a candidate began clearly ahead, rather than all alike. */
const leads = ({ start }: CandidateFacts, others: readonly CandidateFacts[]) =>
  others.some((other) => (other.start ?? 0) < (start ?? 0) - 0.01);

/** What a candidate costs more than another, where it costs more. */
function difference(dearer: CandidateFacts, cheaper: CandidateFacts): Costs {
  const metrics = Object.keys(dearer.costs) as MetricId[];
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const more = (dearer.costs[metric] as number) - (cheaper.costs[metric] ?? 0);
      return more > 0 ? [[metric, more]] : [];
    }),
  );
}

const costsMore = (more: Costs) => (Object.keys(more).length > 0 ? `costs ${amounts(more, ' more')}` : 'does not cost less');

function costing(winner: CandidateFacts, other: CandidateFacts): string {
  const less = difference(other, winner);
  return Object.keys(less).length > 0 ? `, which costs ${amounts(less, ' less')}` : '';
}

/** "3.1 kB more flash memory and 0.2 ms more latency" */
function amounts(costs: Costs, more = ''): string {
  const parts = (Object.entries(costs) as [MetricId, number][]).map(
    ([metric, cost]) => `${metricText(metric, Number(cost.toPrecision(2)))}${more}${more === '' ? ' of' : ''} ${metricTexts[metric].word}`,
  );
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const channels = (count: number) => (count === 1 ? '1 channel' : `${count} channels`);
const share = (weight: number | null) => `${Math.round(100 * (weight ?? 0))} %`;
const sentence = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
