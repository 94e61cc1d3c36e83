/**
 * What a step does and in which order, worked out once for every backend: the operations forward, the same ones backward, and
 * which slot of memory each gradient lies in. How an operation runs is a backend's own affair.
 */
import { type FusedOperation, type FusedProgram, type Value } from './program';

/** Where a share of a value's gradient goes: a slot, and whether there is a share in it already to add to. */
export interface GradientPlace {
  readonly slot: number;
  readonly accumulate: boolean;
}

/** One operation on the way back. */
export interface BackwardEntry {
  readonly operation: FusedOperation;
  /** The slot with the gradient of the operation's output. */
  readonly gradient: number;
  /** Per input (per branch of a combine) where its gradient goes; null for the network's input, which needs none. */
  readonly inputs: readonly (GradientPlace | null)[];
}

export interface Schedule {
  readonly forward: readonly FusedOperation[];
  /** The slot with the gradient of the network's output, which the loss fills. */
  readonly loss: number;
  /** Without operations whose output nobody reads. */
  readonly backward: readonly BackwardEntry[];
  /** Numbers of each slot, per example. */
  readonly slots: readonly number[];
}

/** @param sizeOf numbers that a value takes up, per example: a backend may fill channels up */
export function scheduleOf(program: FusedProgram, sizeOf: (value: Value) => number): Schedule {
  const slots = new GradientSlots(program, sizeOf);
  const loss = (slots.place(program.output) as GradientPlace).slot;
  const backward = program.operations.toReversed().flatMap((operation): BackwardEntry[] => {
    const gradient = slots.slotOf(operation.output);
    if (gradient === undefined) return [];
    const inputs = inputsOf(operation).map((value) => slots.place(value));
    slots.release(operation.output);
    return [{ operation, gradient, inputs }];
  });
  return { forward: program.operations, loss, backward, slots: slots.sizes };
}

/** The values that an operation reads, in order. */
export function inputsOf(operation: FusedOperation): readonly number[] {
  return operation.kind === 'combine' ? operation.branches.map(({ input }) => input) : [operation.input];
}

/** Slots of gradients. One that is not needed any more serves the next value of its size. */
class GradientSlots {
  readonly sizes: number[] = [];
  readonly #used = new Map<number, number>();
  readonly #spare: number[] = [];

  constructor(
    private readonly program: FusedProgram,
    private readonly sizeOf: (value: Value) => number,
  ) {}

  slotOf(value: number): number | undefined {
    return this.#used.get(value);
  }

  place(value: number): GradientPlace | null {
    if (value === this.program.input) return null;
    const present = this.#used.get(value);
    if (present !== undefined) return { slot: present, accumulate: true };
    const size = this.sizeOf(this.program.values[value] as Value);
    const found = this.#spare.findIndex((slot) => this.sizes[slot] === size);
    const slot = found >= 0 ? (this.#spare.splice(found, 1)[0] as number) : this.sizes.push(size) - 1;
    this.#used.set(value, slot);
    return { slot, accumulate: false };
  }

  release(value: number): void {
    this.#spare.push(this.#used.get(value) as number);
  }
}
