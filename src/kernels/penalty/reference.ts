/**
 * The penalty on expected costs: sum over metrics of strength * (max(0, cost - target) + max(0, floor - cost)). Tests compare
 * `numbers.ts` and `webgpu.ts` beside it with this formula. Source: Burrello et al., IEEE TETC 2023; the floor is ours.
 */
import { add, mul, relu, reshape, sub, sum, tensor1d, tidy, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';

/** How a metric is punished, in its unit. Without a floor, a low cost is never punished. */
export interface Penalty {
  readonly strength: number;
  readonly target: number;
  readonly floor?: number;
}

/** Differentiable in the costs. @param costs in the order of the penalties; both may be empty */
export function penaltyOf(costs: Tensor1D, penalties: readonly Penalty[]): Scalar {
  if (penalties.length === 0) return tidy(() => reshape(mul(sum(costs), 0), []));
  const vector = (of: (penalty: Penalty) => number) => tensor1d(penalties.map(of), 'float32');
  const targets = vector(({ target }) => target);
  const floors = vector(({ floor = 0 }) => floor);
  const strengths = vector(({ strength }) => strength);
  return sum(mul(add(relu(sub(costs, targets)), relu(sub(floors, costs))), strengths));
}
