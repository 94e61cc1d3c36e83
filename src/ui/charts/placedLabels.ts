/** A label and the pixel of the mark that it belongs to. */
interface Label {
  readonly x: number;
  readonly label: string;
}

/** Pixels between two labels. */
const GAP = 8;

/**
 * Labels in one line of text, each from its mark on, or as far before it as the end of the area demands. Where two have no room beside
 * each other the later one stays, since it holds for what follows.
 * @param marks from left to right; those without a label take no room
 * @param widthOf pixels of a label
 * @returns each label and the pixel at which it begins, the last first
 */
export function placedLabels(
  marks: readonly Label[],
  { left, right }: { readonly left: number; readonly right: number },
  widthOf: (label: string) => number,
): Label[] {
  let free = right;
  return marks.toReversed().flatMap(({ x, label }) => {
    if (label === '') return [];
    const width = widthOf(label);
    const start = Math.min(x, right - width);
    if (start < left || start + width > free) return [];
    free = start - GAP;
    return [{ x: start, label }];
  });
}
