/** How a run's architecture settled: where each phase left it, and how it was pulled at meanwhile. Fed by the curves. */
import type { Phase, SearchEvent } from '../core/search/events';

/** Means over the steps that moved the architecture, in loss per unit of the parameter; above 0 towards more. */
export interface Pull {
  readonly task: number;
  readonly penalty: number;
}

export class Settling {
  readonly #pulls = new Map<string, { steps: number; task: number; penalty: number }>();
  readonly #last = new Map<Phase, Map<string, readonly number[]>>();

  /** Takes the newest values of a place: its candidates' weights, or a group's kept and counted channels. */
  note(phase: Phase, place: string, values: readonly number[]): void {
    let last = this.#last.get(phase);
    if (!last) this.#last.set(phase, (last = new Map<string, readonly number[]>()));
    last.set(place, values);
  }

  add({ steps, of, task, penalty }: Extract<SearchEvent, { kind: 'pulls' }>): void {
    of.forEach((name, at) => {
      const before = this.#pulls.get(name) ?? { steps: 0, task: 0, penalty: 0 };
      this.#pulls.set(name, {
        steps: before.steps + steps,
        task: before.task + steps * (task[at] as number),
        penalty: before.penalty + steps * (penalty[at] as number),
      });
    });
  }

  /** @returns null where it was not recorded */
  pullOf(name: string): Pull | null {
    const sums = this.#pulls.get(name);
    return sums ? { task: sums.task / sums.steps, penalty: sums.penalty / sums.steps } : null;
  }

  /** Per phase that had it: the last values of a place, in the order of the phases. */
  ends(place: string): readonly { readonly phase: Phase; readonly values: readonly number[] }[] {
    return [...this.#last].flatMap(([phase, last]) => {
      const values = last.get(place);
      return values ? [{ phase, values }] : [];
    });
  }
}
