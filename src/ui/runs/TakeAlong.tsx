import type { ReactNode } from 'react';
import type { NamedRun } from '../../store/runList';
import { countText } from '../../store/runs';
import { download } from '../download';
import { useRuns } from './useRuns';

/** Exports runs as one file, and imports such files. @param chosen whether a person chose these runs, else all that are listed */
export function TakeAlong({ runs, chosen, children }: { runs: readonly NamedRun[]; chosen: boolean; children: ReactNode }) {
  const store = useRuns();
  const take = async () => {
    const pieces = await store.takeAlong(runs);
    if (pieces) download('runs.zip', 'application/zip', pieces);
  };
  return (
    <div className="buttons">
      <button disabled={runs.length === 0} onClick={() => void take()}>
        Export {chosen || runs.length === 1 ? '' : 'all '}
        {countText(runs.length)}
      </button>
      <label className="button">
        Import runs …
        <input
          type="file"
          className="visually-hidden"
          multiple
          accept=".json,.zip"
          onChange={({ target }) => {
            if (target.files && target.files.length > 0) void store.importRuns([...target.files]);
            target.value = '';
          }}
        />
      </label>
      {children}
    </div>
  );
}
