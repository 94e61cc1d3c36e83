import type { TargetMove } from './curves';

/** Moves of one target that are no more steps apart belong to one drag of its slider. */
const APART = 8;

/** The moves where a target came to rest: of a slider that was dragged the last one, not every value on the way. */
export function lastOfEachDrag(moves: readonly TargetMove[]): readonly TargetMove[] {
  return moves.filter(({ step, metric }, at) => {
    const next = moves.slice(at + 1).find((move) => move.metric === metric);
    return next === undefined || next.step - step > APART;
  });
}
