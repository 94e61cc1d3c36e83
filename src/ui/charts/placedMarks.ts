import type { Mark } from '../../store/curves';

/** A mark with a label that neither runs into another nor out of the chart. */
export interface PlacedMark extends Mark {
  /** Where the label stands beside its line. */
  readonly side: 'left' | 'right';
  /** Line of text from the top. */
  readonly row: number;
}

/** A label takes up about so much of a chart's width. */
const LABEL_SHARE = 0.27;
/** Lines of text that labels may take; where none has room a mark goes without. */
const ROWS = 3;

/** @param marks in order of their steps, from one end of the axis to the other */
export function placedMarks(marks: readonly Mark[], from: number, to: number): PlacedMark[] {
  const room = LABEL_SHARE * (to - from);
  /** Where each line of text is free from. */
  const free = new Array<number>(ROWS).fill(-Infinity);
  let before: Mark | null = null;
  return marks.map((mark) => {
    const { step, label } = mark;
    // One label says it for a target that is moved back and forth.
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
