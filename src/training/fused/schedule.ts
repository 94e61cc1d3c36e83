/**
 * The operations of a step and their order, planned once for every backend: the forward operations, the same ones backward, and the
 * memory slot of each gradient. Each backend decides how an operation runs.
 */
import { type FusedOperation, type FusedProgram, type Value } from './program';

/** Target of a share of a value's gradient: a slot, and whether the slot already holds a share to add to. */
export interface GradientPlace {
  readonly slot: number;
  readonly accumulate: boolean;
}

/** One operation of the backward pass. */
interface BackwardEntry {
  readonly operation: FusedOperation;
  /** The slot with the gradient of the operation's output. */
  readonly gradient: number;
  /** Per input (per branch of a combine) the target of its gradient; null for the network's input, which needs none. */
  readonly inputs: readonly (GradientPlace | null)[];
}

export interface Schedule {
  readonly forward: readonly FusedOperation[];
  /** The slot with the gradient of the network's output, which the loss fills. */
  readonly loss: number;
  /** Leaves out operations whose output is never read. */
  readonly backward: readonly BackwardEntry[];
  /** Numbers of each slot, per example. */
  readonly slots: readonly number[];
}

/** @param numbersOf numbers in a value, per example; a backend may fill channels up */
export function scheduleOf(program: FusedProgram, numbersOf: (value: Value) => number): Schedule {
  const slots = new GradientSlots(program, numbersOf);
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
function inputsOf(operation: FusedOperation): readonly number[] {
  return operation.kind === 'combine' ? operation.branches.map(({ input }) => input) : [operation.input];
}

/** Slots for gradients. A slot that is no longer needed is reused for the next value of the same size. */
class GradientSlots {
  readonly sizes: number[] = [];
  readonly #used = new Map<number, number>();
  readonly #spare: number[] = [];

  constructor(
    private readonly program: FusedProgram,
    private readonly numbersOf: (value: Value) => number,
  ) {}

  slotOf(value: number): number | undefined {
    return this.#used.get(value);
  }

  place(value: number): GradientPlace | null {
    if (value === this.program.input) return null;
    const present = this.#used.get(value);
    if (present !== undefined) return { slot: present, accumulate: true };
    const size = this.numbersOf(this.program.values[value] as Value);
    const found = this.#spare.findIndex((slot) => this.sizes[slot] === size);
    const slot = found >= 0 ? (this.#spare.splice(found, 1)[0] as number) : this.sizes.push(size) - 1;
    this.#used.set(value, slot);
    return { slot, accumulate: false };
  }

  release(value: number): void {
    this.#spare.push(this.#used.get(value) as number);
  }
}
