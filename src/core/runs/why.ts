/**
 * Why a search decided as it did, in words, from what it recorded: weights, costs, and how the task's loss and the penalty pulled. It
 * names what decided, and says so where the recorded numbers do not tell.
 */
import type { Costs, MetricId } from '../cost/metrics';
import { metricText, metricTexts } from '../cost/metricTexts';
import { listText, sentencesText } from '../language/lists';
import { say } from '../language/say';

/** `constraints`: the derivation, which meets the targets exactly. `trials`: the shortlist. */
export type Decider = 'task' | 'penalty' | 'both' | 'trials' | 'constraints' | 'unknown';

export interface Reason {
  readonly decider: Decider;
  /** One or two sentences. */
  readonly text: string;
}

/** Mean negative gradients over steps of the search, in loss per unit of the parameter: above 0 towards more weight, or more channels. */
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
  if (likeliest === null) return untold();
  if (likeliest !== winner) {
    const less = differenceText(likeliest, winner, lessText);
    const values = { likeliest: sentence(likeliest.name), weight: share(likeliest.end), winner: winner.name };
    const text = less
      ? say(
          '{likeliest} had the greatest weight after the search, {weight}. With it the targets would have asked for less likely candidates elsewhere, or could not have been met, so the derivation took {winner}, which costs {less}.',
          { ...values, less },
        )
      : say(
          '{likeliest} had the greatest weight after the search, {weight}. With it the targets would have asked for less likely candidates elsewhere, or could not have been met, so the derivation took {winner}.',
          values,
        );
    return { decider: 'constraints', text };
  }
  const rivals = candidates.filter((candidate) => candidate !== winner);
  const leader = most(candidates, ({ start }) => start);
  // The one that led and lost tells more than the one that came second.
  const rival = leader !== null && leader !== winner && leads(leader, rivals) ? leader : most(rivals, ({ end }) => end);
  if (!rival) return { decider: 'unknown', text: say('There was nothing else to choose.') };
  if (!winner.pull || !rival.pull) return untold();
  return byPulls(winner, rival, winner.pull.task - rival.pull.task, winner.pull.penalty - rival.pull.penalty);
}

/** @param task how much more the task's loss pulled towards the winner, and `penalty` likewise */
function byPulls(winner: CandidateFacts, rival: CandidateFacts, task: number, penalty: number): Reason {
  const dearer = dearness(rival, winner);
  const of = { loser: sentence(rival.name), winner: winner.name };
  const won = { winner: sentence(winner.name), rival: rival.name };
  if (task + penalty <= 0 || Number.isNaN(task + penalty)) {
    const why = say('The recorded pulls do not explain it: on average they favoured {loser} over {winner}.', { ...of, loser: rival.name });
    const led = (winner.start ?? 0) > (rival.start ?? 0);
    const began = led ? say('It began with more weight, {weight}, and kept the lead.', { weight: share(winner.start) }) : null;
    return { decider: 'unknown', text: sentencesText([why, began]) };
  }
  if (penalty > 0 && Math.abs(task) < WEAK * penalty)
    return {
      decider: 'penalty',
      text: say('{loser} lost: it {dearer, select, yes {costs {more}} other {does not cost less}} and helped the loss little.', {
        ...of,
        ...dearer,
      }),
    };
  if (task > 0 && Math.abs(penalty) < WEAK * task)
    return {
      decider: 'task',
      text: say('{winner} won over {rival}: it helped the loss more, and the penalty hardly told them apart.', won),
    };
  if (task < 0)
    return {
      decider: 'penalty',
      text: say(
        '{loser} lost, though it helped the loss more: it {dearer, select, yes {costs {more}} other {does not cost less}}, and the penalty pulled harder.',
        { ...of, ...dearer },
      ),
    };
  if (penalty < 0)
    return {
      decider: 'task',
      text: say(
        '{winner} won over {rival}, though it {dearer, select, yes {costs {more}} other {does not cost less}}: it helped the loss, which pulled harder than the penalty.',
        { ...won, ...dearness(winner, rival) },
      ),
    };
  return {
    decider: 'both',
    text: say(
      '{loser} lost on both counts: it {dearer, select, yes {costs {more}} other {does not cost less}}, and it helped the loss less than {winner}.',
      { ...of, ...dearer },
    ),
  };
}

export interface ChannelFacts {
  readonly total: number;
  /** In the found network, and in the one that the search itself stood for. */
  readonly kept: number;
  readonly derived: number;
  /** Left by the masks after the search; null where that is not recorded. */
  readonly searched: number | null;
  /** Of one channel on average, while all are there; null where it is not recorded. */
  readonly costs: Costs | null;
  /** How the number went, see `Swing`; null where it is not recorded. */
  readonly swing: Swing | null;
  readonly losses: TriedLosses | null;
}

/** How the number of a group's channels went: down to the fewest, and perhaps up again. Pulls are means over the channels. */
export interface Swing {
  readonly fewest: number;
  readonly down: Pull;
  /** Null where the fewest are what was left. */
  readonly up: Pull | null;
}

export function whyChannels({ total, kept, derived, searched, costs, swing, losses }: ChannelFacts): Reason {
  if (kept !== derived) return inTrials(channels(kept), channels(derived), losses);
  if (searched === null || !swing) return untold();
  if (kept < searched)
    return {
      decider: 'constraints',
      text: say(
        'The search kept {searched} of {total} channels. The derivation removed {more} more, which mattered least, so that the targets are met.',
        { searched, total, more: searched - kept },
      ),
    };
  const { fewest, down, up } = swing;
  const { decider, text } = fewest === total ? whyAllStayed(total, down) : whyWent(total, total - fewest, down);
  const back = fewest < searched && up ? whyBack(searched - fewest, up) : null;
  // What was recorded last is from before the last step.
  const last = searched < kept ? say('After that, the last step of the search brought {more} back.', { more: kept - searched }) : null;
  const each = costs ? say('A channel costs {costs} on average.', { costs: listText(amountsOf(costs, plainText)) }) : null;
  return { decider, text: sentencesText([text, back, last, each]) };
}

function whyAllStayed(total: number, { task, penalty }: Pull): Reason {
  if (penalty >= 0) return { decider: 'task', text: say('All {total} channels stayed: the penalty did not pull at them.', { total }) };
  if (task + penalty >= 0)
    return {
      decider: 'task',
      text: say('All {total} channels stayed: they helped the loss, which pulled harder than the penalty.', { total }),
    };
  return {
    decider: 'unknown',
    text: say(
      'The recorded pulls do not explain why all {total} channels stayed: they are means over the channels, and single ones may differ.',
      { total },
    ),
  };
}

function whyWent(total: number, gone: number, { task, penalty }: Pull): Reason {
  const counts = { total, gone };
  if (penalty >= 0)
    return task + penalty < 0
      ? { decider: 'task', text: say('{gone} of {total} channels went: the loss fell without them.', counts) }
      : {
          decider: 'unknown',
          text: say(
            'The recorded pulls do not explain why {gone} of {total} channels went: they are means over the channels, and single ones may differ.',
            counts,
          ),
        };
  if (Math.abs(task) < WEAK * -penalty)
    return {
      decider: 'penalty',
      text: say('{gone} of {total} channels went: the penalty pulled at them, and they helped the loss little.', counts),
    };
  if (task <= 0)
    return {
      decider: 'both',
      text: say('{gone} of {total} channels went: the penalty pulled at them, and the loss fell without them too.', counts),
    };
  return {
    decider: 'penalty',
    text:
      task + penalty < 0
        ? say('{gone} of {total} channels went, though they helped the loss: the penalty pulled harder.', counts)
        : say(
            '{gone} of {total} channels went: the penalty pulled at all alike. The loss held them harder on average, so those that went helped it less than the others.',
            counts,
          ),
  };
}

/** @param up the pulls meanwhile */
function whyBack(more: number, up: Pull): string {
  if (up.task + up.penalty <= 0) return say('Then {more} came back, which the recorded pulls do not explain.', { more });
  if (up.penalty <= 0) return say('Then {more} came back, since they helped the loss.', { more });
  return up.task > 0
    ? say(
        'Then {more} came back: the costs were below the targets, to which the penalty draws from both sides, and the loss wanted them too.',
        {
          more,
        },
      )
    : say('Then {more} came back: the costs were below the targets, to which the penalty draws from both sides.', { more });
}

const untold = (): Reason => ({
  decider: 'unknown',
  text: say('This run did not record what pulled at it, so its numbers do not tell why.'),
});

function inTrials(chosen: string, instead: string, losses: TriedLosses | null): Reason {
  const text = losses
    ? say(
        'The search stood for {instead}. The network with {chosen} won the trials: its training loss was {loss} there, against {other}.',
        {
          instead,
          chosen,
          loss: losses.chosen.toFixed(3),
          other: losses.instead.toFixed(3),
        },
      )
    : say('The search stood for {instead}. The network with {chosen} won the trials.', { instead, chosen });
  return { decider: 'trials', text };
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

type AmountText = (values: { readonly amount: string; readonly cost: string }) => string;
const moreText: AmountText = (values) => say('{amount} more {cost}', values);
const lessText: AmountText = (values) => say('{amount} less {cost}', values);
const plainText: AmountText = (values) => say('{amount} of {cost}', values);

const amountsOf = (costs: Costs, text: AmountText) =>
  (Object.entries(costs) as [MetricId, number][]).map(([metric, cost]) =>
    text({ amount: metricText(metric, Number(cost.toPrecision(2))), cost: say(metricTexts[metric].word) }),
  );

/** "3.1 kB more flash memory and 0.2 ms more latency"; empty where it does not cost more. */
const differenceText = (dearer: CandidateFacts, cheaper: CandidateFacts, text: AmountText) =>
  listText(amountsOf(difference(dearer, cheaper), text));

/** Values for a sentence about what a candidate costs more than another, if it does. */
function dearness(one: CandidateFacts, other: CandidateFacts) {
  const more = differenceText(one, other, moreText);
  return { dearer: more === '' ? 'no' : 'yes', more };
}

const channels = (count: number) => say('{count, plural, one {# channel} other {# channels}}', { count });
const share = (weight: number | null) => `${Math.round(100 * (weight ?? 0))} %`;
const sentence = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
