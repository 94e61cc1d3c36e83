/**
 * DUCCIO, the penalty that steers a search under several constraints: sum over constraints of
 * strength(epoch) * max(0, cost - target). Source: Burrello et al., IEEE TETC 2023, equation 13, and PLiNIO,
 * regularizers/duccio.py. Strengths are plain numbers here; the penalty itself is computed in the training step.
 */
import type { Excess } from '../../config/searchConfig';

/**
 * Where each cost is drawn up to when it falls below: 0 where it may be anything.
 *
 * @param targets in the order of `whole`, undefined where there is none
 * @param whole costs of the network that nothing is removed from
 */
export function floors(excess: Excess, targets: readonly (number | undefined)[], whole: readonly number[]): number[] {
  // A network may be as wide as the whole one, no wider.
  const share = Math.min(1, ...targets.map((target, index) => (target ?? Infinity) / (whole[index] as number)));
  return targets.map((target, index) => {
    if (target === undefined || excess === 'above') return 0;
    return excess === 'absolute' ? target : Math.min(target, share * (whole[index] as number));
  });
}

/** The least task loss that a strength is computed for, in nats: a network that knows its pictures by heart still has to fit. */
const LEAST_LOSS = 0.01;
/** The least excess, as a share of the target, that a strength is computed for. It keeps strengths finite and positive. */
const LEAST_EXCESS = 0.05;

/**
 * Final strength of a constraint, in task loss per unit of cost: the one at which the penalty weighs as much as the task
 * loss where the search stands. PLiNIO lets it be 0 for ever for a constraint that is already met, and infinite at
 * equality; here the excess never counts as less than a twentieth of the target, so that a constraint that holds now is
 * defended later.
 *
 * @param taskLoss mean training loss of the last warm-up epoch
 * @param cost the expected cost now, in the target's unit
 */
export function finalStrength(taskLoss: number, cost: number, target: number, excess: Excess = 'above'): number {
  const distance = excess === 'absolute' ? Math.abs(cost - target) : cost - target;
  return Math.max(taskLoss, LEAST_LOSS) / Math.max(distance, LEAST_EXCESS * target);
}

/**
 * The strength in a search epoch: from 1 % to 100 % of the final one over the first half of the search, then flat.
 *
 * @param epoch 0 in the first search epoch
 * @param epochs how many search epochs there are
 */
export function annealedStrength(final: number, epoch: number, epochs: number): number {
  return Math.min(final / 100 + (epoch * 0.99 * final) / (epochs / 2), final);
}
