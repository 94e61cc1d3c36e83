import { capital } from '../../store/capital';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { Panel } from '../Panel';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { MethodField, MethodFields } from './MethodFields';
import { TaskField } from './TaskField';
import { NumberField } from './NumberField';
import { DataField } from './DataField';

/** The examples, the method and the training settings, which are fixed while a search runs. */
export function SetupPanel() {
  const workbench = useWorkbench();
  const { title, network, spaces, example, augmentation } = useTask();
  const settings = useWorkbenchState((state) => state.settings);
  const dataset = useWorkbenchState((state) => state.dataset);
  const searches = useWorkbenchState(searchesOf);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  const field = (key: Exclude<keyof typeof settings, 'augment'>, label: string, min: number, max: number, whole = true) => (
    <NumberField
      label={label}
      value={settings[key]}
      min={min}
      max={max}
      whole={whole}
      disabled={busy}
      onChange={(value) => workbench.change({ [key]: value })}
    />
  );
  return (
    <Panel title="Set-up" hint={`${title} with ${network}: ${searches.map((kind) => spaces[kind]).join(', and then ')}.`}>
      <TaskField />
      <DataField />
      <MethodField />
      <details>
        <summary>Choices of the method</summary>
        <MethodFields />
      </details>
      <details>
        <summary>Training settings</summary>
        <div className="fields">
          {field('warmupEpochs', 'Warm-up epochs', 0, 1000)}
          {field('searchEpochs', 'Search epochs', 1, 1000)}
          {field('finetuneEpochs', 'Fine-tune epochs', 0, 1000)}
          {field('batchSize', `${capital(example.many)} per step`, 2, 512)}
          {field('trainCount', `Training ${example.many}`, 2 * settings.batchSize, dataset?.trainCount ?? 2 ** 31)}
          {field('testCount', `Test ${example.many}`, 1, dataset?.testCount ?? 2 ** 31)}
          {field('weightRate', 'Learning rate, weights', 1e-6, 10, false)}
          {field('archRate', 'Learning rate, architecture', 1e-6, 10, false)}
          {field('randomSeed', 'Random seed', 0, 2 ** 31 - 1)}
          {augmentation && (
            <label className="check">
              <input
                type="checkbox"
                checked={settings.augment}
                disabled={busy}
                onChange={(event) => workbench.change({ augment: event.target.checked })}
              />
              {augmentation.label}
            </label>
          )}
        </div>
      </details>
    </Panel>
  );
}
