/** Copies of variables, to restore later. Tensors are immutable, so a copy is only a reference. */
import { tensor, type Tensor, type Variable } from '@tensorflow/tfjs-core';

export class Snapshot {
  readonly #values: readonly (readonly [Variable, Tensor])[];

  /** @param data values to keep instead of those that the variables have now, in the variables' order */
  constructor(variables: Iterable<Variable>, data?: readonly Float32Array[]) {
    this.#values = [...variables].map((variable, index) => [
      variable,
      data ? tensor(data[index] as Float32Array, variable.shape, 'float32') : variable.clone(),
    ]);
  }

  /** The kept values, in the variables' order. */
  get values(): Tensor[] {
    return this.#values.map(([, value]) => value);
  }

  /** Sets every variable back to its value at the snapshot. */
  restore(): void {
    for (const [variable, value] of this.#values) variable.assign(value);
  }

  dispose(): void {
    for (const [, value] of this.#values) value.dispose();
  }
}
