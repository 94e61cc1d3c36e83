import { useExpectedCosts } from './ExpectedCosts';
import { HEAT_ROWS, rowsOf } from './HeatLegend';
import type { PlacedBox } from './layout';
import { shareOf } from './shares';

const ROW = 10;
/** Between drawing and strip. */
const GAP = 4;
export const STRIP_HEIGHT = GAP + HEAT_ROWS * ROW;
/** So that a share of nothing is still seen as a cell. */
const LEAST_OPACITY = 0.07;

/** A row per cost below the drawing; the darker a cell, the larger the share of the boxes above it. */
export function HeatStrip({ boxes, top }: { boxes: readonly PlacedBox[]; top: number }) {
  const costs = useExpectedCosts();
  const cells = cellsOf(boxes);
  return (
    <div className="heat" style={{ top: top + GAP }} aria-hidden="true">
      {rowsOf(costs.metrics).map(([metric, colour], row) => {
        const shares = cells.map(({ box }) => shareOf(costs, box?.members ?? [], metric));
        const largest = Math.max(...shares, Number.MIN_VALUE);
        return cells.map(({ box, left, width }, at) => (
          <span
            key={`${metric} ${box?.id}`}
            style={{
              left,
              width,
              top: row * ROW,
              background: colour,
              opacity: LEAST_OPACITY + (1 - LEAST_OPACITY) * ((shares[at] ?? 0) / largest),
            }}
          />
        ));
      })}
    </div>
  );
}

/** Each box's part of the strip. Boxes above each other divide their width. */
function cellsOf(boxes: readonly PlacedBox[]): { readonly box: PlacedBox['box']; readonly left: number; readonly width: number }[] {
  const columns: PlacedBox[][] = [];
  for (const box of boxes.filter(({ box: layers }) => layers !== null).toSorted((a, b) => a.x - b.x)) {
    const column = columns.at(-1);
    if (column?.some(({ x, width }) => box.x < x + width)) column.push(box);
    else columns.push([box]);
  }
  return columns.flatMap((column) => {
    const left = Math.min(...column.map(({ x }) => x));
    const width = (Math.max(...column.map((one) => one.x + one.width)) - left) / column.length;
    return column.map(({ box }, at) => ({ box, left: left + at * width, width: width - 1 }));
  });
}
