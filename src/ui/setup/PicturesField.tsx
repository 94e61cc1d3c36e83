import { useState, type DragEvent } from 'react';
import { isBusy } from '../../store/isBusy';
import { Warnings } from '../Warnings';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import './PicturesField.css';

/** The pictures to learn from, and a place to drop or pick others. */
export function PicturesField() {
  const workbench = useWorkbench();
  const dataset = useWorkbenchState((state) => state.dataset);
  const settings = useWorkbenchState((state) => state.settings);
  const loading = useWorkbenchState((state) => state.loadingPictures);
  const error = useWorkbenchState((state) => state.picturesError);
  const warnings = useWorkbenchState((state) => state.pictureWarnings);
  const busy = useWorkbenchState((state) => isBusy(state.run)) || loading;
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files && files.length > 0) void workbench.importPictures([...files]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy) take(event.dataTransfer.files);
  };
  return (
    <div
      className={`pictures ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!busy);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h3>Pictures</h3>
      <p>
        {dataset
          ? `${dataset.name}${dataset.synthetic ? ' (synthetic)' : ''}, ${dataset.classNames.length} classes: ${settings.trainCount.toLocaleString('en')} of ${dataset.trainCount.toLocaleString('en')} for training, ${settings.testCount.toLocaleString('en')} of ${dataset.testCount.toLocaleString('en')} for testing`
          : 'Loading …'}
      </p>
      <Warnings of={warnings} />
      <div className="buttons">
        <label className={`button ${busy ? 'disabled' : ''}`}>
          Own pictures …
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept=".bin,.txt"
            disabled={busy}
            aria-describedby="pictures-format"
            onChange={(event) => {
              take(event.target.files);
              event.target.value = '';
            }}
          />
        </label>
        {dataset && !dataset.synthetic && (
          <button disabled={busy} onClick={() => void workbench.useBuiltInPictures()}>
            Built-in pictures
          </button>
        )}
      </div>
      <p className="hint" id="pictures-format">
        CIFAR-10’s binary files, picked or dropped here: data_batch_*.bin, test_batch.bin and, with other class names, batches.meta.txt.
        They stay on this machine.
      </p>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
