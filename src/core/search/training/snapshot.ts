/** Copies of variables, to restore later. Tensors are immutable, so a copy is only a reference. */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';

export class Snapshot {
  readonly #values: readonly (readonly [Variable, Tensor])[];

  constructor(variables: Iterable<Variable>) {
    this.#values = [...variables].map((variable) => [variable, variable.clone()]);
  }

  /** Sets every variable back to its value at the snapshot. */
  restore(): void {
    for (const [variable, value] of this.#values) variable.assign(value);
  }

  dispose(): void {
    for (const [, value] of this.#values) value.dispose();
  }
}
