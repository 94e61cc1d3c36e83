import type { ReactNode } from 'react';
import { say } from '../../core/language/say';
import type { NamedRun } from '../../store/runList';
import { countText } from '../../store/runs';
import { download } from '../download';
import { givenFile } from '../../store/givenFile';
import { useRuns } from './useRuns';

/** Exports runs as one file, and imports such files. @param chosen whether a person chose these runs, else all that are listed */
export function TakeAlong({ runs, chosen, children }: { runs: readonly NamedRun[]; chosen: boolean; children: ReactNode }) {
  const store = useRuns();
  const take = async () => {
    const file = await store.takeAlong(runs);
    if (file) download('runs.zip', 'application/zip', file);
  };
  return (
    <div className="buttons">
      <button disabled={runs.length === 0} onClick={() => void take()}>
        {chosen || runs.length === 1
          ? say('Export {runs}', { runs: countText(runs.length) })
          : say('Export all {runs}', { runs: countText(runs.length) })}
      </button>
      <label className="button">
        {say('Import runs …')}
        <input
          type="file"
          className="visually-hidden"
          multiple
          accept=".json,.zip,.checkpoint"
          onChange={({ target }) => {
            if (target.files && target.files.length > 0) void store.importRuns([...target.files].map(givenFile));
            target.value = '';
          }}
        />
      </label>
      {children}
    </div>
  );
}
