import { useEffect, useState, type ReactNode } from 'react';
import { asWorkbenchError, type WorkbenchError } from '../../core/errors';
import { say } from '../../core/language/say';
import { durationText } from '../../core/runs/progress';
import { said } from '../../core/language/told';
import type { MeasuringProgress } from '../../protocol/protocol';
import './Measurement.css';

interface MeasurementProps<Found> {
  /** What is measured, for those who do not see the bar. */
  readonly label: string;
  /** Begins at once, and anew when it is another function. @returns null when it was ended */
  readonly measure: (tell: (progress: MeasuringProgress) => void) => Promise<Found | null>;
  /** The same function each time. */
  readonly end: () => Promise<void>;
  /** Measures once more after a person has stopped it, or it was refused. */
  readonly again: () => void;
  readonly children: (found: Found) => ReactNode;
}

/**
 * A measurement under way, which a person may stop, and then what it has found. It stands in a live region, which announces that it has
 * begun, and what came of it.
 */
export function Measurement<Found>({ label, measure, end, again, children }: MeasurementProps<Found>) {
  const [progress, setProgress] = useState<MeasuringProgress | null>(null);
  const [measured, setMeasured] = useState<{ readonly found: Found } | 'stopped' | null>(null);
  const [error, setError] = useState<WorkbenchError | null>(null);
  useEffect(() => {
    let shown = true;
    measure((now) => shown && setProgress(now))
      .then((found) => shown && setMeasured(found === null ? 'stopped' : { found }))
      .catch((reason: unknown) => shown && setError(asWorkbenchError(reason)));
    return () => {
      shown = false;
      // An error of it has been told where it began.
      end().catch(() => {});
    };
  }, [measure, end]);
  const retry = (
    <button data-focus="next" aria-live="off" onClick={again}>
      {say('Measure')}
    </button>
  );
  if (error)
    return (
      <>
        <span className="error">{said(error.told)}</span> {error.code === 'busy' && retry}
      </>
    );
  if (measured === 'stopped')
    return (
      <>
        <span className="visually-hidden">{say('Stopped.')}</span> {retry}
      </>
    );
  if (measured)
    return (
      <span tabIndex={-1} data-focus="next">
        {children(measured.found)}
      </span>
    );
  return <UnderWay label={label} progress={progress} end={end} />;
}

/** How far the measurement is; of that, a live region around it announces only that it has begun. */
export function UnderWay({
  label,
  progress,
  end,
}: Pick<MeasurementProps<unknown>, 'label' | 'end'> & { progress: MeasuringProgress | null }) {
  return (
    <>
      {/* Comes into a region that is there already, since only that is announced. */}
      {progress && <span className="visually-hidden">{label}</span>}
      <span className="measuring" aria-live="off">
        <progress aria-label={label} value={progress ? progress.done / progress.total : undefined} max={1} />
        {progress && say('{time} left', { time: durationText(progress.leftMs) })}
        <button data-focus="next" onClick={() => void end()}>
          {say('Stop measuring')}
        </button>
      </span>
    </>
  );
}
