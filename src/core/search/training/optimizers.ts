/**
 * Optimizers over named tfjs variables. Each group of parameters has its own optimizer, and moments belong to parameters by name,
 * so groups that are trained in turn cannot mix theirs.
 */
import type { OptimizerKind } from '../../config/searchConfig';
import {
  add,
  dispose,
  div,
  keep,
  mul,
  sqrt,
  square,
  sub,
  tensor,
  tidy,
  zerosLike,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';

export interface Optimizer {
  /** Moves every variable that has a gradient. The caller keeps the gradients. */
  apply(gradients: ReadonlyMap<string, Tensor>, variables: ReadonlyMap<string, Variable>, learningRate: number): void;
  /** The moments are those of the variables that have moved, by name. Waits for the backend. */
  state(): Promise<OptimizerState>;
  /** Goes on from what `state()` returned. */
  restore(state: OptimizerState, variables: ReadonlyMap<string, Variable>): void;
  dispose(): void;
}

/** What an optimizer keeps from one step to the next. */
export interface OptimizerState {
  readonly steps: number;
  /** Momentum has no second moments, and plain gradient descent none at all. */
  readonly moments: readonly { readonly name: string; readonly first: Float32Array; readonly second: Float32Array | null }[];
}

/** How many moments of each parameter an optimizer keeps. */
export const momentsOf: Readonly<Record<OptimizerKind, 0 | 1 | 2>> = { sgd: 0, momentum: 1, adam: 2 };

/** A parameter's change in a step, which is subtracted from it, and its new moments. */
type Rule = (
  direction: Tensor,
  before: readonly Tensor[],
  at: { readonly step: number; readonly rate: number },
) => { readonly change: Tensor; readonly moments: readonly Tensor[] };

const rules: Readonly<Record<OptimizerKind, Rule>> = {
  sgd: (direction, _before, { rate }) => ({ change: mul(direction, rate), moments: [] }),
  /** The form that PyTorch has, in which a new learning rate acts on the whole velocity at once. */
  momentum(direction, [before], { rate }) {
    const velocity = add(mul(before as Tensor, 0.9), direction);
    return { change: mul(velocity, rate), moments: [velocity] };
  },
  /** With bias correction; beta 0.9 and 0.999, epsilon 1e-8. Source: Kingma and Ba, 2015, algorithm 1. */
  adam(direction, [firstBefore, secondBefore], { step, rate }) {
    const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
    const first = add(mul(firstBefore as Tensor, beta1), mul(direction, 1 - beta1));
    const second = add(mul(secondBefore as Tensor, beta2), mul(square(direction), 1 - beta2));
    const scale = add(sqrt(mul(second, 1 / (1 - beta2 ** step))), epsilon);
    return { change: mul(div(first, scale), rate / (1 - beta1 ** step)), moments: [first, second] };
  },
};

/** @param weightDecay added to the gradient as weightDecay * value (the L2 form that PyTorch's optimizers use) */
export function createOptimizer(kind: OptimizerKind, weightDecay: number): Optimizer {
  const moments = new Map<string, readonly Tensor[]>();
  const noMoments = (variable: Variable) => Array.from({ length: momentsOf[kind] }, () => zerosLike(variable));
  let step = 0;
  return {
    apply(gradients, variables, rate) {
      step += 1;
      forEachGradient(gradients, variables, (name, gradient, variable) => {
        const before = moments.get(name) ?? noMoments(variable);
        const { change, moments: after } = rules[kind](decayed(gradient, variable, weightDecay), before, { step, rate });
        variable.assign(sub(variable, change));
        dispose([...before]);
        moments.set(name, after.map(keep));
      });
    },
    async state() {
      const kept: OptimizerState['moments'][number][] = [];
      for (const [name, [first, second]] of moments)
        if (first) kept.push({ name, first: await valuesOf(first), second: second ? await valuesOf(second) : null });
      return { steps: step, moments: kept };
    },
    restore(state, variables) {
      this.dispose();
      step = state.steps;
      for (const { name, first, second } of state.moments) {
        const { shape } = variables.get(name) as Variable;
        moments.set(
          name,
          (second ? [first, second] : [first]).map((values) => keep(tensor(values, shape, 'float32'))),
        );
      }
    },
    dispose() {
      for (const kept of moments.values()) dispose([...kept]);
      moments.clear();
    },
  };
}

const valuesOf = async (moment: Tensor) => (await moment.data()) as Float32Array;

function forEachGradient(
  gradients: ReadonlyMap<string, Tensor>,
  variables: ReadonlyMap<string, Variable>,
  move: (name: string, gradient: Tensor, variable: Variable) => void,
): void {
  for (const [name, variable] of variables) {
    const gradient = gradients.get(name);
    if (gradient) tidy(() => move(name, gradient, variable));
  }
}

function decayed(gradient: Tensor, variable: Variable, weightDecay: number): Tensor {
  return weightDecay === 0 ? gradient : add(gradient, mul(variable, weightDecay));
}
