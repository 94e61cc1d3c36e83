import { say } from '../../core/language/say';
import type { StepRange } from '../../store/curve';
import type { Mark, Period } from '../../store/curves';
import type { Scales } from './Axes';
import { fittingNames } from './fittingNames';
import { placedLabels } from './placedLabels';
import { widthOf } from './widthOf';

/** Pixels of the font that labels have. */
const LABEL = 10;

/** Every second phase is shaded, so that neighbours differ. */
export function Phases({ periods, shown, scales: { x, top, bottom } }: { periods: readonly Period[]; shown: StepRange; scales: Scales }) {
  return periods.map(({ label, from, to }, index) => {
    // A phase begins and ends halfway between two steps.
    const [start, end] = [Math.max(shown.from, from - 0.5), Math.min(shown.to, to + 0.5)];
    if (index % 2 === 0 || end <= start) return null;
    const width = x(end) - x(start);
    return <rect key={`${label} ${from}`} x={x(start)} y={top} width={width} height={bottom - top} fill="var(--phase)" />;
  });
}

/** Names of phases above the plot, where no curve is; a phase that is narrower than its name has none. */
export function PhaseNames({ periods, shown, scales: { x, top } }: { periods: readonly Period[]; shown: StepRange; scales: Scales }) {
  const named = periods.map((period) => ({ ...period, label: say(period.label) }));
  return fittingNames(named, shown, x, (label) => widthOf(label, LABEL)).map(({ label, x: start }) => (
    <text key={`${label} ${start}`} x={start} y={top - 4} fontSize={LABEL} fill="var(--axis)">
      {label}
    </text>
  ));
}

interface PlotMarksProps {
  readonly marks: readonly Mark[];
  readonly shown: StepRange;
  readonly scales: Scales;
  /** Whether labels stand above the plot, where no curve is; the names of phases leave them no room there. */
  readonly above: boolean;
}

export function PlotMarks({ marks, shown: { from, to }, scales: { x, left, right, top, bottom }, above }: PlotMarksProps) {
  // One line in each column of pixels shows them all, however long a target is dragged; a label is worth more than none.
  const columns = new Map<number, Mark>();
  for (const mark of marks) {
    const column = Math.round(x(mark.step));
    if (mark.step >= from && mark.step <= to && (mark.label !== '' || !columns.has(column))) columns.set(column, mark);
  }
  const drawn = [...columns.values()].map(({ step, label }) => ({ x: x(step), label: label && say(label) }));
  return (
    <>
      {drawn.map(({ x: at }) => (
        <line key={at} x1={at} x2={at} y1={top} y2={bottom} stroke="var(--mark)" strokeDasharray="2 3" />
      ))}
      {placedLabels(drawn, { left, right }, (label) => widthOf(label, LABEL)).map(({ x: start, label }) => (
        <text key={start} x={start} y={above ? top - 4 : top + LABEL} fontSize={LABEL} fill="var(--axis)">
          {label}
        </text>
      ))}
    </>
  );
}
