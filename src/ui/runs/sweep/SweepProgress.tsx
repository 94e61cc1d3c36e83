import { say } from '../../../core/language/say';
import { durationText } from '../../../core/runs/progress';
import { said } from '../../../core/language/told';
import { ErrorText } from '../../ErrorText';
import { progressOf } from '../../../store/sweep';
import { SweepCells } from './SweepCells';
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
  const state = over ? 'over' : sweep.paused ? 'paused' : leftMs === null ? 'unknown' : 'known';
  return (
    <div className="sweep-progress" role="group" aria-label={say('Sweep')}>
      <progress max={total} value={ended} aria-label={say('Searches of the sweep that have ended')} />
      <p>
        {say(
          '{ended} of {total, plural, one {# search} other {# searches}} of the sweep {ended, plural, one {has} other {have}} ended{without, plural, =0 {} other {, {without} without a network}}{state, select, paused {; paused} unknown {; how long the others take is not known yet} known {; about {time} left} other {}}.',
          { ended, total, without, state, time: durationText(leftMs ?? 0) },
        )}
      </p>
      {without > 0 && (
        <details>
          <summary>{say('Why there is no network')}</summary>
          <ul>
            {[...new Set(sweep.cells.flatMap(({ reason }) => (reason === null ? [] : said(reason))))].map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <SweepCells cells={sweep.cells} here={here} />
      <ErrorText of={problem} />
      {here ? (
        <div className="buttons">
          {!over &&
            (sweep.paused ? (
              <button className="primary" onClick={() => void queue.goOn()}>
                {say('Continue sweep')}
              </button>
            ) : (
              <button onClick={() => void queue.pause()}>{say('Pause sweep')}</button>
            ))}
          <button onClick={() => void queue.cancel()}>{over ? say('Done') : say('Cancel sweep')}</button>
        </div>
      ) : (
        <p className="hint">{say('Another tab works it off.')}</p>
      )}
    </div>
  );
}
