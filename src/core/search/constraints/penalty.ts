/**
 * DUCCIO, the penalty that steers a search under several constraints: sum over constraints of
 * strength(epoch) * max(0, cost - target). Source: Burrello et al., IEEE TETC 2023, equation 13, and PLiNIO,
 * regularizers/duccio.py. Strengths are plain numbers here; the penalty itself is computed in the training step.
 */
import type { Excess } from '../../config/searchConfig';

/**
 * The floor of each cost, below which it is drawn up; 0 for no floor.
 *
 * @param targets in the order of `whole`, undefined for none
 * @param whole expected costs at the start of the stage
 */
export function floors(excess: Excess, targets: readonly (number | undefined)[], whole: readonly number[]): number[] {
  // A share above 1 would ask for a wider network than the one at the start.
  const share = Math.min(1, ...targets.map((target, index) => (target ?? Infinity) / (whole[index] as number)));
  return targets.map((target, index) => {
    if (target === undefined || excess === 'above') return 0;
    return excess === 'absolute' ? target : Math.min(target, share * (whole[index] as number));
  });
}

/**
 * The smallest task loss for which a strength is computed, in nats: a network that has memorised its examples must still meet its
 * targets.
 */
const LEAST_LOSS = 0.01;
/** The smallest excess for which a strength is computed, as a share of the target. It keeps strengths finite and positive. */
const LEAST_EXCESS = 0.05;

/**
 * Final strength of a constraint, in task loss per unit of cost. At this strength the penalty weighs as much as the task loss does
 * at the start of the search. In PLiNIO it stays 0 for ever for a constraint that is already met, and is infinite at equality. Here
 * the excess counts as at least a twentieth of the target, so that a constraint that holds at first is defended later.
 *
 * @param taskLoss mean training loss of the last warm-up epoch
 * @param cost the expected cost at the start of the search, in the target's unit
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

/** The derivative of strength * (max(0, cost - target) + max(0, floor - cost)) by the cost. */
export function penaltySlope(cost: number, { strength, target, floor = 0 }: { strength: number; target: number; floor?: number }): number {
  return strength * (Number(cost > target) - Number(cost < floor));
}
