import { capital } from '../../core/words';
import { say } from '../../core/language/say';
import type { Curve, Row, StepRange } from '../../store/curve';
import type { LineSpec } from './CurveChart';
import type { TableOfChart } from './tableOfChart';

/** A row of a chart: the step, and a value per line under its index. */
export type ChartRow = { readonly step: number } & Readonly<Record<string, number>>;

/** One row per step over all curves, in order of steps. @param perUnit what values are divided by */
export function mergedRows(
  lines: readonly LineSpec[],
  curves: readonly Curve[],
  rows: readonly (readonly Row[])[],
  perUnit: number,
): ChartRow[] {
  const merged = new Map<number, Record<string, number>>();
  curves.forEach((curve, at) => {
    for (const { step, values } of rows[at] ?? []) {
      const row = merged.get(step) ?? { step };
      lines.forEach((line, index) => {
        const value = values[line.column];
        if (line.curve === curve && value !== undefined && !Number.isNaN(value)) row[index] = value / perUnit;
      });
      merged.set(step, row);
    }
  });
  return [...merged.values()].toSorted((a, b) => (a.step as number) - (b.step as number)) as ChartRow[];
}

/** @param lines those of one `place`, such as a layer, are headed by its name too */
export function tableOf(
  lines: readonly (Pick<LineSpec, 'label'> & { readonly place?: string })[],
  data: readonly ChartRow[],
): TableOfChart {
  return {
    head: [capital(say('step')), ...lines.map(({ label, place }) => (place === undefined ? say(label) : placedLabel(place, label)))],
    rows: data.map((row) => [row.step, ...lines.map((_, index) => row[index])]),
    inTime: true,
  };
}

/** A label with the name of what it belongs to. */
export const placedLabel = (place: string, label: string): string => say('{place}: {label}', { place, label: say(label) });

/** All steps of some curves, those that are planned included. */
export function wholeOf(curves: readonly Curve[]): StepRange {
  const from = Math.min(...curves.map(({ firstStep }) => firstStep ?? Infinity));
  const start = Number.isFinite(from) ? from : 0;
  const newest = curves.map((curve) => Math.max(curve.newest?.step ?? 0, curve.plannedEnd));
  return { from: start, to: Math.max(start + 1, ...newest) };
}

/**
 * The value of a line at a step: that of the nearest row, and of a line that holds its values the one before.
 * @returns undefined before the first value and after the last
 */
export function valueAt(data: readonly ChartRow[], line: number, step: number, holds = false): number | undefined {
  let nearest: ChartRow | undefined;
  for (const row of data) {
    if (row[line] === undefined) continue;
    if (row.step > step) return nearest && !holds && row.step - step <= step - nearest.step ? row[line] : nearest?.[line];
    nearest = row;
  }
  return nearest && nearest.step >= step ? nearest[line] : undefined;
}

/** The greatest value of a chart, 0 where there is none. */
export function greatest(data: readonly ChartRow[], lines: number): number {
  let found = 0;
  for (const row of data) for (let line = 0; line < lines; line++) found = Math.max(found, row[line] ?? 0);
  return found;
}
