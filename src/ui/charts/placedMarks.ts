import type { Mark } from '../../store/curves';

/** A mark whose label neither overlaps another one nor leaves the chart. */
interface PlacedMark extends Mark {
  /** The side of its line on which the label stands. */
  readonly side: 'left' | 'right';
  /** Line of text from the top. */
  readonly row: number;
}

/** The share of a chart's width that a label takes, roughly. */
const LABEL_SHARE = 0.27;
/** Lines of text for labels. A mark has no label when no line has room for it. */
const ROWS = 3;

/** @param marks in order of their steps, from one end of the axis to the other */
export function placedMarks(marks: readonly Mark[], from: number, to: number): PlacedMark[] {
  const room = LABEL_SHARE * (to - from);
  /** Where the free part of each line of text begins. */
  const free = new Array<number>(ROWS).fill(-Infinity);
  let before: Mark | null = null;
  return marks.map((mark) => {
    const { step, label } = mark;
    if (label === '') return { step, label, side: 'right', row: 0 };
    // One label is enough for a target that is moved back and forth.
    const said = before !== null && before.label === label && step - before.step < room;
    const side = to - step < room ? 'left' : 'right';
    const start = side === 'left' ? step - room : step;
    const row = said ? -1 : free.findIndex((end) => end <= start);
    if (row < 0) return { step, label: '', side, row: 0 };
    before = mark;
    free[row] = start + room;
    return { step, label, side, row };
  });
}
