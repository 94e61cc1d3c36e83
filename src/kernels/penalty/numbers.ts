/** The penalty in plain numbers, for WebAssembly steps. The formula's reference: `reference.ts`. */
import type { Penalty } from './reference';

export function penaltyOn(cost: number, { strength, target, floor = 0 }: Penalty): number {
  return strength * (Math.max(0, cost - target) + Math.max(0, floor - cost));
}

/** The penalty's derivative with respect to the cost. */
export function penaltySlope(cost: number, { strength, target, floor = 0 }: Penalty): number {
  return strength * (Number(cost > target) - Number(cost < floor));
}
