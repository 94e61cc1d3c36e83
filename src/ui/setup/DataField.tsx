import { useState, type DragEvent } from 'react';
import { nameText } from '../../core/data/nameText';
import { capital } from '../../core/words';
import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import { droppedFiles } from '../droppedFiles';
import { ErrorText } from '../ErrorText';
import { FolderButton } from '../FolderButton';
import type { GivenFile } from '../../protocol/datasets';
import type { DatasetSummary } from '../../protocol/protocol';
import { givenFile } from '../../store/givenFile';
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
  const { example } = useTask();
  const examples = say(example.many);
  const offered = useWorkbenchState((state) => state.imports);
  const imports = offered.filter(({ kind }) => kind === example.kind);
  // Without a space, the examples are those of the task before.
  const dataset = useWorkbenchState((state) => state.space && state.dataset);
  const loading = useWorkbenchState((state) => state.loadingData);
  const importing = useWorkbenchState((state) => state.importing);
  const error = useWorkbenchState((state) => state.dataError);
  const warnings = useWorkbenchState((state) => state.dataWarnings);
  const busy = useWorkbenchState((state) => isBusy(state.run)) || loading;
  const [over, setOver] = useState(false);
  const take = (files: readonly GivenFile[]) => void workbench.own.import(files);
  const drop = (event: DragEvent) => {
    // A network, which the page has taken.
    const isTaken = event.isDefaultPrevented();
    event.preventDefault();
    setOver(false);
    // Text may be dropped, too.
    const hasFiles = event.dataTransfer.types.includes('Files');
    if (hasFiles && !busy && !isTaken) void droppedFiles(event.dataTransfer).then(take);
  };
  return (
    <div
      className={`data ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        if (busy) event.dataTransfer.dropEffect = 'none';
        setOver(!busy);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h3>{capital(examples)}</h3>
      {(dataset || loading) && <p>{dataset ? <Examples of={dataset} /> : say('Loading …')}</p>}
      {dataset && dataset.format !== undefined && <p className="hint">{say('Read as {format}.', { format: said(dataset.format) })}</p>}
      {importing && <ImportProgressField importing={importing} />}
      {!loading && <ErrorText of={error?.told} />}
      <Warnings of={warnings} />
      <div className="buttons">
        <label className={`button ${busy ? 'disabled' : ''}`}>
          {say('Own {examples} …', { examples })}
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept={imports.flatMap(({ extensions }) => extensions).join()}
            disabled={busy}
            aria-describedby="data-format"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])].map(givenFile);
              if (files.length > 0) take(files);
              event.target.value = '';
            }}
          />
        </label>
        <FolderButton disabled={busy} describedBy="data-format" onFiles={take}>
          {say('A folder …')}
        </FolderButton>
        {example.kind !== 'vector' && <HubDialog disabled={busy} />}
        {dataset && <DataLookButton />}
        {dataset && !dataset.synthetic && (
          <button disabled={busy} onClick={() => void workbench.useBuiltInData()}>
            {say('Built-in {examples}', { examples })}
          </button>
        )}
      </div>
      <PreparedSets busy={busy} />
      <p className="hint" id="data-format">
        {say(
          'Files, a folder or an archive (.zip, .tar.gz) are picked or dropped here and stay on this machine. Only the hub’s button contacts other hosts, which it names first.',
        )}
      </p>
      <details>
        <summary>{say('Which files?')}</summary>
        <ul className="hint">
          {imports.map(({ id, hint }) => (
            <li key={id}>{say(hint)}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Examples({ of: dataset }: { of: DatasetSummary }) {
  const { classNames, trainCount, testCount } = dataset;
  const { asks } = useTask();
  const settings = useWorkbenchState((state) => state.settings);
  return say('{name}, {what}: {train, number} of {allTrain, number} for training, {test, number} of {allTest, number} for testing', {
    name: nameText(dataset),
    what:
      asks === 'classes'
        ? say('{count, plural, one {# class} other {# classes}}', { count: classNames.length })
        : say('learnt from normal ones'),
    train: settings.trainCount,
    allTrain: trainCount,
    test: settings.testCount,
    allTest: testCount,
  });
}
