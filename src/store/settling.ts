/** How a run's architecture settled: where each phase left it, and how it was pulled at meanwhile. Fed by the curves. */
import type { Pull, Swing } from '../core/runs/why';
import type { Phase, SearchEvent } from '../core/search/events';

/** A pull over some steps, and the number of kept channels at their end. */
interface Stretch extends Pull {
  readonly steps: number;
  readonly kept: number;
}

export class Settling {
  readonly #stretches = new Map<string, Stretch[]>();
  readonly #pulls = new Map<string, { steps: number; task: number; penalty: number }>();
  readonly #last = new Map<Phase, Map<string, readonly number[]>>();

  /** Takes the newest values of a place: its candidates' weights, or a group's kept and counted channels. */
  note(phase: Phase, place: string, values: readonly number[]): void {
    let last = this.#last.get(phase);
    if (!last) this.#last.set(phase, (last = new Map<string, readonly number[]>()));
    last.set(place, values);
  }

  add({ phase, steps, of, task, penalty }: Extract<SearchEvent, { kind: 'pulls' }>): void {
    of.forEach((name, at) => {
      const before = this.#pulls.get(name) ?? { steps: 0, task: 0, penalty: 0 };
      this.#pulls.set(name, {
        steps: before.steps + steps,
        task: before.task + steps * (task[at] as number),
        penalty: before.penalty + steps * (penalty[at] as number),
      });
      const kept = this.#last.get(phase)?.get(name)?.[0];
      if (kept === undefined) return;
      const stretch = { steps, task: task[at] as number, penalty: penalty[at] as number, kept };
      this.#stretches.set(name, [...(this.#stretches.get(name) ?? []), stretch]);
    });
  }

  /** @returns null where it was not recorded */
  pullOf(name: string): Pull | null {
    const sums = this.#pulls.get(name);
    return sums ? { task: sums.task / sums.steps, penalty: sums.penalty / sums.steps } : null;
  }

  /** @returns null where it was not recorded */
  swingOf(group: string): Swing | null {
    const stretches = this.#stretches.get(group);
    if (!stretches) return null;
    const fewest = Math.min(...stretches.map(({ kept }) => kept));
    const end = stretches.findLastIndex(({ kept }) => kept === fewest) + 1;
    return { fewest, down: mean(stretches.slice(0, end)) as Pull, up: mean(stretches.slice(end)) };
  }

  /** Per phase that had it: the last values of a place, in the order of the phases. */
  ends(place: string): readonly { readonly phase: Phase; readonly values: readonly number[] }[] {
    return [...this.#last].flatMap(([phase, last]) => {
      const values = last.get(place);
      return values ? [{ phase, values }] : [];
    });
  }
}

/** @returns null of none */
function mean(stretches: readonly Stretch[]): Pull | null {
  const steps = stretches.reduce((sum, one) => sum + one.steps, 0);
  const of = (kind: keyof Pull) => stretches.reduce((sum, one) => sum + one.steps * one[kind], 0) / steps;
  return steps > 0 ? { task: of('task'), penalty: of('penalty') } : null;
}
