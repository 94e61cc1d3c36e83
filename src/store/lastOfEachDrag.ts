import type { TargetMove } from './curves';

/** Moves of one target that are no more milliseconds apart belong to one drag of its slider, or one row of key presses. */
const APART_MS = 600;
/** The same in steps, where it is not known when they were. */
const APART = 8;

/** The moves where a target came to rest: of a slider that was dragged the last one, not every value on the way. */
export function lastOfEachDrag(moves: readonly TargetMove[]): readonly TargetMove[] {
  return moves.filter((move, at) => {
    const next = moves.slice(at + 1).find(({ metric }) => metric === move.metric);
    return next === undefined || !isOneDrag(move, next);
  });
}

function isOneDrag(move: TargetMove, next: TargetMove): boolean {
  const steps = next.step - move.step;
  if (move.at === null || next.at === null) return steps <= APART;
  // A slider that is dragged while steps are slow has moved on at each of them.
  return steps <= 1 || next.at - move.at <= APART_MS;
}
