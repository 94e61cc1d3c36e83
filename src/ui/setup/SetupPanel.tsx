import { wholeRange } from '../../core/config/domain';
import type { SpaceKind } from '../../core/config/searchConfig';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { Panel } from '../Panel';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ChoiceFields } from './ChoiceFields';
import { MethodField } from './MethodField';
import { NumberField } from './NumberField';
import { PicturesField } from './PicturesField';

const spaces: Readonly<Record<SpaceKind, string>> = {
  candidates: 'seven places, each with three or four candidate operations',
  channels: 'every layer with any part of its channels',
};

/** What a search learns from and how; fixed while it runs. */
export function SetupPanel() {
  const workbench = useWorkbench();
  const settings = useWorkbenchState((state) => state.settings);
  const batchSize = useWorkbenchState((state) => state.choices.batchSize);
  const dataset = useWorkbenchState((state) => state.dataset);
  const searches = useWorkbenchState(searchesOf);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  const count = (key: keyof typeof settings, label: string, least: number) => (
    <NumberField
      label={label}
      value={settings[key]}
      range={wholeRange(least, dataset?.[key] ?? 2 ** 31)}
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
        <div className="fields">
          <ChoiceFields group="method" />
        </div>
      </details>
      <details>
        <summary>Training settings</summary>
        <div className="fields">
          {count('trainCount', 'Training pictures', 2 * batchSize)}
          {count('testCount', 'Test pictures', 1)}
          <ChoiceFields group="training" />
        </div>
      </details>
    </Panel>
  );
}
