import { durationText } from '../../../core/runs/progress';
import { counted } from '../../../core/words';
import { progressOf } from '../../../store/sweep';
import { useSweep, useSweepState } from './useSweep';

/** How far the page's sweep is, and what a person can do about it; nothing where there is none. */
export function SweepProgress() {
  const queue = useSweep();
  const sweep = useSweepState((state) => state.sweep);
  const here = useSweepState((state) => state.here);
  const problem = useSweepState((state) => state.problem);
  if (!sweep) return null;
  const { ended, total, without, leftMs } = progressOf(sweep);
  const over = ended === total;
  const left = leftMs === null ? 'how long the others take is not known yet' : `about ${durationText(leftMs)} left`;
  return (
    <div className="sweep-progress" role="group" aria-label="Sweep">
      <progress max={total} value={ended} aria-label="Searches of the sweep that have ended" />
      <p>
        {ended} of {counted(total, 'search', 'searches')} of the sweep {ended === 1 ? 'has' : 'have'} ended
        {without > 0 && `, ${without} without a network`}
        {!over && `; ${sweep.paused ? 'paused' : left}`}.
      </p>
      {without > 0 && (
        <details>
          <summary>Why there is no network</summary>
          <ul>
            {[...new Set(sweep.cells.flatMap(({ reason }) => reason ?? []))].map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {here ? (
        <div className="buttons">
          {!over &&
            (sweep.paused ? (
              <button className="primary" onClick={() => void queue.goOn()}>
                Continue sweep
              </button>
            ) : (
              <button onClick={() => void queue.pause()}>Pause sweep</button>
            ))}
          <button onClick={() => void queue.cancel()}>{over ? 'Done' : 'Cancel sweep'}</button>
        </div>
      ) : (
        <p className="hint">Another tab works it off.</p>
      )}
    </div>
  );
}
