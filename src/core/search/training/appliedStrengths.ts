/** The strength that pressed on each cost in each step, beside the values that steps leave behind. */
import type { Penalty } from './trainingStep';

const COST = 'cost/';

/** Strengths are plain numbers that the search itself has set, so no step reads them back. */
export class AppliedStrengths {
  /** `appliedStrength/<metric>` for each expected cost, in task loss per unit of the metric. */
  readonly names: readonly string[];
  #pending: number[] = [];

  /** @param metricNames of the step */
  constructor(private readonly metricNames: readonly string[]) {
    this.names = metricNames.filter((name) => name.startsWith(COST)).map((name) => `appliedStrength/${name.slice(COST.length)}`);
  }

  /** Notes the penalties of one step, in the order of its costs; a cost without one has strength 0. */
  push(penalties: readonly Penalty[]): void {
    this.names.forEach((_, index) => this.#pending.push(penalties[index]?.strength ?? 0));
  }

  /**
   * The values of steps with their strengths at the end of each row.
   * @param values rows of the oldest steps that were pushed and not yet asked for
   */
  appendedTo(values: Float32Array, rows: number): Float32Array {
    const [before, added] = [this.metricNames.length, this.names.length];
    if (added === 0) return values;
    const all = new Float32Array(rows * (before + added));
    for (let row = 0; row < rows; row++) {
      all.set(values.subarray(row * before, (row + 1) * before), row * (before + added));
      all.set(this.#pending.slice(row * added, (row + 1) * added), row * (before + added) + before);
    }
    this.#pending = this.#pending.slice(rows * added);
    return all;
  }
}
