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
  /**
   * Moves every variable that has a gradient. Others stay as they are, with their moments and without weight decay, and the step does
   * not count for them, as with PyTorch's optimizers. The caller keeps the gradients.
   */
  apply(gradients: ReadonlyMap<string, Tensor>, variables: ReadonlyMap<string, Variable>, learningRate: number): void;
  /** The moments are those of the variables that have moved, by name. Waits for the backend. */
  state(): Promise<OptimizerState>;
  /** Goes on from what `state()` returned. */
  restore(state: OptimizerState, variables: ReadonlyMap<string, Variable>): void;
  dispose(): void;
}

/** What an optimizer keeps from one step to the next. */
export interface OptimizerState {
  /** Of parameters that have moved. Momentum has no second moments, and plain gradient descent keeps nothing at all. */
  readonly moments: readonly MomentsState[];
}

export interface MomentsState {
  readonly name: string;
  /** How often the parameter has moved. */
  readonly steps: number;
  readonly first: Float32Array;
  readonly second: Float32Array | null;
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
  const moved = new Map<string, { readonly step: number; readonly moments: readonly Tensor[] }>();
  const unmoved = (variable: Variable) => ({ step: 0, moments: Array.from({ length: momentsOf[kind] }, () => zerosLike(variable)) });
  return {
    apply(gradients, variables, rate) {
      forEachGradient(gradients, variables, (name, gradient, variable) => {
        const before = moved.get(name) ?? unmoved(variable);
        const step = before.step + 1;
        const { change, moments } = rules[kind](decayed(gradient, variable, weightDecay), before.moments, { step, rate });
        variable.assign(sub(variable, change));
        dispose([...before.moments]);
        moved.set(name, { step, moments: moments.map(keep) });
      });
    },
    async state() {
      const moments: MomentsState[] = [];
      for (const [name, { step, moments: of }] of moved) {
        const [first, second] = of;
        if (first) moments.push({ name, steps: step, first: await valuesOf(first), second: second ? await valuesOf(second) : null });
      }
      return { moments };
    },
    restore(state, variables) {
      this.dispose();
      for (const { name, steps, first, second } of state.moments) {
        const { shape } = variables.get(name) as Variable;
        const moments = (second ? [first, second] : [first]).map((values) => keep(tensor(values, shape, 'float32')));
        moved.set(name, { step: steps, moments });
      }
    },
    dispose() {
      for (const { moments } of moved.values()) dispose([...moments]);
      moved.clear();
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
