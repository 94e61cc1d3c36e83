import type { Row } from '../../store/curve';

/** Steps during which a value stays at one level. */
export interface HeatRun {
  readonly from: number;
  readonly to: number;
  /** From 0 to `LEVELS`. */
  readonly level: number;
}

/** Degrees of strength that people can tell apart in a small cell. */
export const LEVELS = 8;

/**
 * One value over steps as runs of equal level, so that a map of thousands of cells is some tens of shapes.
 * @param most the value of the highest level
 * @param start where the first row begins
 */
export function heatRuns(rows: readonly Row[], column: number, most: number, start: number): HeatRun[] {
  const runs: HeatRun[] = [];
  let from = start;
  for (const { step, values } of rows) {
    const value = values[column];
    const last = runs.at(-1);
    if (value !== undefined && !Number.isNaN(value)) {
      const level = Math.round(Math.min(1, Math.max(0, value / most)) * LEVELS);
      if (last?.level === level && last.to === from) runs[runs.length - 1] = { ...last, to: step };
      else runs.push({ from, to: step, level });
    }
    from = step;
  }
  return runs;
}
