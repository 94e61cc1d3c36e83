import { useDeferredValue, useState } from 'react';
import { say } from '../../core/language/say';
import { listed, named, noFilter, type Filter, type NamedRun, type Order } from '../../store/runList';
import { countText } from '../../store/runs';
import { useMemo } from '../language/memo';
import { useWorkbenchState } from '../useWorkbench';
import { FolderButton } from '../FolderButton';
import { FilterFields } from './FilterFields';
import { ImportNews } from './ImportNews';
import { Overlay } from './Overlay';
import { ParetoView } from './ParetoView';
import { RunTable } from './RunTable';
import { TakeAlong } from './TakeAlong';
import { useRuns, useRunsState } from './useRuns';

/** Finds, chooses and compares kept runs. */
export function RunsList({ onOpen, onSweep }: { onOpen: (id: string) => void; onSweep: () => void }) {
  const runs = useRuns();
  const kept = useRunsState((state) => state.runs);
  const deleted = useRunsState((state) => state.deleted);
  const strategies = useWorkbenchState((state) => state.strategies);
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [order, setOrder] = useState<Order>('newest');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => (kept ?? []).map((run) => named(run, strategies)), [kept, strategies]);
  const found = useMemo(() => listed(all, filter, order), [all, filter, order]);
  const picked = useMemo(() => found.filter(({ id }) => chosen.has(id)), [found, chosen]);
  if (!kept) return <p className="empty-note">{say('Reading the kept runs …')}</p>;
  const choose = (id: string, whether: boolean) => {
    const others = new Set(chosen);
    if (whether) others.add(id);
    else others.delete(id);
    setChosen(others);
  };
  return (
    <div>
      <p className="hint">{say('Every search is kept in this browser as it goes, on this machine alone.')}</p>
      <p className="hint">{say('Run files, ZIP files of them and whole folders, such as those of a class, can be dropped here too.')}</p>
      {deleted.length > 0 && (
        <p className="undo">
          {say('{runs} deleted.', { runs: countText(deleted.length) })}{' '}
          <button data-focus="next" onClick={() => void runs.undo()}>
            {say('Undo')}
          </button>{' '}
          <button onClick={() => void runs.forget()}>{say('Delete for good')}</button>
        </p>
      )}
      {all.length > 0 && <FilterFields all={all} filter={filter} order={order} onFilter={setFilter} onOrder={setOrder} />}
      <TakeAlong runs={picked.length > 0 ? picked : found} chosen={picked.length > 0}>
        <FolderButton onFiles={(files) => void runs.importRuns(files)}>{say('Import a folder …')}</FolderButton>
        <button onClick={onSweep}>{say('Sweep …')}</button>
        <button
          disabled={picked.length === 0}
          onClick={() => void runs.remove(picked.map(({ id }) => id)).then(() => setChosen(new Set()))}
        >
          {picked.length > 0 ? say('Delete {runs}', { runs: countText(picked.length) }) : say('Delete chosen runs')}
        </button>
      </TakeAlong>
      <ImportNews />
      {all.length === 0 ? (
        <p className="empty-note">{say('There are no runs yet. Press Start, or import runs from a file.')}</p>
      ) : (
        <Results found={found} all={all} chosen={chosen} choose={choose} picked={picked} onOpen={onOpen} />
      )}
    </div>
  );
}

interface ResultsProps {
  readonly found: readonly NamedRun[];
  readonly all: readonly NamedRun[];
  readonly picked: readonly NamedRun[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, whether: boolean) => void;
  readonly onOpen: (id: string) => void;
}

const none: readonly NamedRun[] = [];

function Results({ found, all, picked, chosen, choose, onOpen }: ResultsProps) {
  // The list comes first: a chart of a thousand runs may follow when there is time.
  const drawn = useDeferredValue(found, none);
  const total = countText(all.length);
  const shown = found.length === all.length ? total : say('{some, number} of {runs}', { some: found.length, runs: total });
  return (
    <>
      <p className="hint" role="status">
        {picked.length > 0 ? say('{runs}, {chosen, number} chosen', { runs: shown, chosen: picked.length }) : shown}
      </p>
      <RunTable runs={found} chosen={chosen} choose={choose} onOpen={onOpen} />
      <div className="charts">
        <Overlay runs={picked} />
        <ParetoView runs={drawn} onOpen={onOpen} />
      </div>
    </>
  );
}
