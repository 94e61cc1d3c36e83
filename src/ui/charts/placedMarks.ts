import type { Mark } from '../../store/curves';

/** A mark with a label that neither runs into its neighbour nor out of the chart. */
export interface PlacedMark extends Mark {
  /** Where the label stands beside its line. */
  readonly side: 'left' | 'right';
  /** Line of text from the top, for labels close to each other. */
  readonly row: 0 | 1;
}

/** A label takes up about so much of a chart's width. */
const LABEL_SHARE = 0.22;

/** @param marks in order of their steps, from one end of the axis to the other */
export function placedMarks(marks: readonly Mark[], from: number, to: number): PlacedMark[] {
  const room = LABEL_SHARE * (to - from);
  let before: PlacedMark | null = null;
  return marks.map(({ step, label }) => {
    const close = before !== null && step - before.step < room;
    // One label says it for a target that is moved back and forth.
    if (close && before?.label === label) return { step, label: '', side: 'right', row: 0 };
    return (before = { step, label, side: to - step < room ? 'left' : 'right', row: close && before?.row === 0 ? 1 : 0 });
  });
}
