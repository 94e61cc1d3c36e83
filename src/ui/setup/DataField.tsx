import { useState, type DragEvent } from 'react';
import { capital } from '../../core/words';
import { isBusy } from '../../store/isBusy';
import { DataLookButton } from '../data/DataLookButton';
import { Warnings } from '../Warnings';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { HubDialog } from './HubDialog';
import { ImportProgressField } from './ImportProgressField';
import { PreparedSets } from './PreparedSets';
import './DataField.css';

/** Which examples are learnt from, and a place to drop or pick others. */
export function DataField() {
  const workbench = useWorkbench();
  const { example, asks } = useTask();
  const offered = useWorkbenchState((state) => state.imports);
  const imports = offered.filter(({ kind }) => kind === example.kind);
  const dataset = useWorkbenchState((state) => state.dataset);
  const settings = useWorkbenchState((state) => state.settings);
  const loading = useWorkbenchState((state) => state.loadingData);
  const importing = useWorkbenchState((state) => state.importing);
  const error = useWorkbenchState((state) => state.dataError);
  const warnings = useWorkbenchState((state) => state.dataWarnings);
  const busy = useWorkbenchState((state) => isBusy(state.run)) || loading;
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files && files.length > 0) void workbench.own.import([...files]);
  };
  const drop = (event: DragEvent) => {
    // A network, which the page has taken.
    const isTaken = event.isDefaultPrevented();
    event.preventDefault();
    setOver(false);
    if (!busy && !isTaken) take(event.dataTransfer.files);
  };
  return (
    <div
      className={`data ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!busy);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h3>{capital(example.many)}</h3>
      <p>
        {dataset
          ? `${dataset.name}${dataset.synthetic ? ' (synthetic)' : ''}, ${asks === 'classes' ? `${dataset.classNames.length} classes` : 'learnt from normal ones'}: ${settings.trainCount.toLocaleString('en')} of ${dataset.trainCount.toLocaleString('en')} for training, ${settings.testCount.toLocaleString('en')} of ${dataset.testCount.toLocaleString('en')} for testing`
          : 'Loading …'}
      </p>
      {importing && <ImportProgressField importing={importing} />}
      <Warnings of={warnings} />
      <div className="buttons">
        <label className={`button ${busy ? 'disabled' : ''}`}>
          Own {example.many} …
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept={imports.flatMap(({ extensions }) => extensions).join()}
            disabled={busy}
            aria-describedby="data-format"
            onChange={(event) => {
              take(event.target.files);
              event.target.value = '';
            }}
          />
        </label>
        {example.kind !== 'vector' && <HubDialog disabled={busy} />}
        {dataset && <DataLookButton />}
        {dataset && !dataset.synthetic && (
          <button disabled={busy} onClick={() => void workbench.useBuiltInData()}>
            Built-in {example.many}
          </button>
        )}
      </div>
      <PreparedSets busy={busy} />
      <p className="hint" id="data-format">
        Files or an archive (.zip, .tar.gz) are picked or dropped here and stay on this machine. Only the hub’s button contacts other hosts,
        which it names first.
      </p>
      <details>
        <summary>Which files?</summary>
        <ul className="hint">
          {imports.map(({ id, hint }) => (
            <li key={id}>{hint}</li>
          ))}
        </ul>
      </details>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
