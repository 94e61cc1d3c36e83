import type { StepRange } from '../../store/curve';
import type { Period } from '../../store/curves';

/** Pixels between a name and the ends of its phase. */
const GAP = 4;

/**
 * Names of the shown phases that are no wider than their phase.
 * @param x pixel of a step
 * @param widthOf pixels of a name
 * @returns each name and the pixel at which it begins
 */
export function fittingNames(
  periods: readonly Period[],
  shown: StepRange,
  x: (step: number) => number,
  widthOf: (name: string) => number,
): { readonly label: string; readonly x: number }[] {
  return periods.flatMap(({ label, from, to }) => {
    const [start, end] = [x(Math.max(shown.from, from)), x(Math.min(shown.to, to + 0.5))];
    return end - start >= widthOf(label) + 2 * GAP ? [{ label, x: start + GAP }] : [];
  });
}
