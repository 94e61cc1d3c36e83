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
  readonly moments: readonly { readonly name: string; readonly first: Float32Array; readonly second: Float32Array }[];
}

/** @param weightDecay added to the gradient as weightDecay * value (the L2 form that PyTorch's optimizers use) */
export function createOptimizer(kind: OptimizerKind, weightDecay: number): Optimizer {
  switch (kind) {
    case 'sgd':
      return sgd(weightDecay);
    case 'adam':
      return adam(weightDecay);
    default:
      return kind satisfies never;
  }
}

/** Plain stochastic gradient descent. */
function sgd(weightDecay: number): Optimizer {
  return {
    apply: (gradients, variables, learningRate) =>
      forEachGradient(gradients, variables, (_name, gradient, variable) => {
        const direction = decayed(gradient, variable, weightDecay);
        variable.assign(sub(variable, mul(direction, learningRate)));
      }),
    state: async () => ({ steps: 0, moments: [] }),
    restore() {},
    dispose() {},
  };
}

/** Adam with bias correction; beta 0.9 and 0.999, epsilon 1e-8. Source: Kingma and Ba, 2015, algorithm 1. */
function adam(weightDecay: number): Optimizer {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const moments = new Map<string, { first: Tensor; second: Tensor }>();
  let step = 0;
  return {
    apply(gradients, variables, learningRate) {
      step += 1;
      const rate = learningRate / (1 - beta1 ** step);
      const secondCorrection = 1 / (1 - beta2 ** step);
      forEachGradient(gradients, variables, (name, gradient, variable) => {
        const direction = decayed(gradient, variable, weightDecay);
        const before = moments.get(name) ?? { first: zerosLike(variable), second: zerosLike(variable) };
        const first = add(mul(before.first, beta1), mul(direction, 1 - beta1));
        const second = add(mul(before.second, beta2), mul(square(direction), 1 - beta2));
        const scale = add(sqrt(mul(second, secondCorrection)), epsilon);
        variable.assign(sub(variable, mul(div(first, scale), rate)));
        dispose([before.first, before.second]);
        moments.set(name, { first: keep(first), second: keep(second) });
      });
    },
    async state() {
      const kept: OptimizerState['moments'][number][] = [];
      for (const [name, { first, second }] of moments)
        kept.push({ name, first: (await first.data()) as Float32Array, second: (await second.data()) as Float32Array });
      return { steps: step, moments: kept };
    },
    restore(state, variables) {
      this.dispose();
      step = state.steps;
      for (const { name, first, second } of state.moments) {
        const { shape } = variables.get(name) as Variable;
        moments.set(name, { first: keep(tensor(first, shape, 'float32')), second: keep(tensor(second, shape, 'float32')) });
      }
    },
    dispose() {
      for (const { first, second } of moments.values()) dispose([first, second]);
      moments.clear();
    },
  };
}

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
