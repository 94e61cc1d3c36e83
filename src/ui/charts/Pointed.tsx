/** The step that is pointed at, as every chart shows it. Only these small parts follow a pointer. */
import { say } from '../../core/language/say';
import type { StepRange } from '../../store/curve';
import type { Period } from '../../store/curves';
import type { Scales } from './Axes';
import { usePointedStep } from './timeAxis';
import { usePeriods } from './usePeriods';

/** A value at the step. */
export interface Described {
  readonly label: string;
  readonly colour: string;
  readonly text: string;
}

/** A step and its phase, which charts have no room to name where it is short. */
export function stepText(step: number, periods: readonly Period[]): string {
  const phase = periods.find(({ from, to }) => step >= from && step <= to);
  return phase ? say('Step {step}, {phase}', { step, phase: say(phase.label) }) : say('Step {step}', { step });
}

export function PointedLine({ shown: { from, to }, scales: { x, top, bottom } }: { shown: StepRange; scales: Scales }) {
  const step = usePointedStep();
  if (step === null || step < from || step > to) return null;
  return <line data-passing="" x1={x(step)} x2={x(step)} y1={top} y2={bottom} stroke="var(--ink)" />;
}

export function Readout({ shown: { from, to }, valuesAt }: { shown: StepRange; valuesAt: (step: number) => readonly Described[] }) {
  const step = usePointedStep();
  const periods = usePeriods();
  if (step === null || step < from || step > to) return null;
  const values = valuesAt(step);
  if (values.length === 0) return null;
  return (
    <div className={`readout ${step > (from + to) / 2 ? 'at-left' : 'at-right'}`}>
      <p>{stepText(step, periods)}</p>
      {values.map(({ label, colour, text }) => (
        <p key={label}>
          <svg width="8" height="8">
            <rect width="8" height="8" fill={colour} />
          </svg>
          {label} <strong>{text}</strong>
        </p>
      ))}
    </div>
  );
}
