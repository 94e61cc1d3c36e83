import type { SpaceKind } from '../../core/config/searchConfig';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { Panel } from '../Panel';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { MethodField, MethodFields } from './MethodFields';
import { NumberField } from './NumberField';
import { PicturesField } from './PicturesField';

const spaces: Readonly<Record<SpaceKind, string>> = {
  candidates: 'seven places, each with three or four candidate operations',
  channels: 'every layer with any part of its channels',
};

/** The pictures, the method and the training settings, which are fixed while a search runs. */
export function SetupPanel() {
  const workbench = useWorkbench();
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
    <Panel title="Set-up" hint={`Image classification with ResNet-8: ${searches.map((kind) => spaces[kind]).join(', and then ')}.`}>
      <PicturesField />
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
          {field('batchSize', 'Pictures per step', 2, 512)}
          {field('trainCount', 'Training pictures', 2 * settings.batchSize, dataset?.trainCount ?? 2 ** 31)}
          {field('testCount', 'Test pictures', 1, dataset?.testCount ?? 2 ** 31)}
          {field('weightRate', 'Learning rate, weights', 1e-6, 10, false)}
          {field('archRate', 'Learning rate, architecture', 1e-6, 10, false)}
          {field('randomSeed', 'Random seed', 0, 2 ** 31 - 1)}
          <label className="check">
            <input
              type="checkbox"
              checked={settings.augment}
              disabled={busy}
              onChange={(event) => workbench.change({ augment: event.target.checked })}
            />
            Flip and shift training pictures at random
          </label>
        </div>
      </details>
    </Panel>
  );
}
