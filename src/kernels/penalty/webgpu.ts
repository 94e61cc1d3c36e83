/** The penalty as WGSL. The formula's reference: `reference.ts`. */

/** Numbers of one metric's penalty in the controls: strength, target, floor. */
export const PENALTY_NUMBERS = 3;

/** Declares `penaltyOn(metric, cost)`. @param at position of the penalties in `controls` */
export const penaltyFunction = (at: number) => `
fn penaltyOn(metric: i32, cost: f32) -> f32 {
  let at = ${at} + ${PENALTY_NUMBERS} * metric;
  return controls[at] * (max(0, cost - controls[at + 1]) + max(0, controls[at + 2] - cost));
}`;

/** Declares `penaltySlope(metric, cost)`, its derivative by the cost. */
export const penaltySlopeFunction = (at: number) => `
fn penaltySlope(metric: i32, cost: f32) -> f32 {
  let at = ${at} + ${PENALTY_NUMBERS} * metric;
  return controls[at] * (f32(cost > controls[at + 1]) - f32(cost < controls[at + 2]));
}`;
