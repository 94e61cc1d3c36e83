import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import { useRunsState } from './useRuns';

/** How far an import of runs is, and what it passed over. */
export function ImportNews() {
  const importing = useRunsState((state) => state.importing);
  const passedOver = useRunsState((state) => state.passedOver);
  return (
    <>
      {importing && (
        <div className="run-import">
          <progress max={importing.total} value={importing.done} aria-label={say('Run files that have been read')} />
          <p className="hint">{say('{done, number} of {total, number} files read', { done: importing.done, total: importing.total })}</p>
        </div>
      )}
      {passedOver.length > 1 && (
        <details className="run-import">
          <summary>{say('All {count, number} files that were passed over', { count: passedOver.length })}</summary>
          <ul className="hint">
            {passedOver.map(said).map((why) => (
              <li key={why}>{why}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
