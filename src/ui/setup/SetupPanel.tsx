import { wholeRange } from '../../core/config/domain';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { Panel } from '../Panel';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ChoiceFields } from './ChoiceFields';
import { HistoryButtons } from './HistoryButtons';
import { MethodField } from './MethodField';
import { TaskField } from './TaskField';
import { NumberField } from './NumberField';
import { DataField } from './DataField';

/** The examples, the method and the training settings, which are fixed while a search runs. */
export function SetupPanel() {
  const workbench = useWorkbench();
  const { title, network, spaces, example } = useTask();
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
      onChange={(value) => value !== null && workbench.change({ [key]: value })}
    />
  );
  return (
    <Panel
      title={say('Set-up')}
      part="setup"
      hint={say('{task} with {network}: {spaces}.', {
        task: say(title),
        network: say(network),
        spaces: searches
          .map((kind) => say(spaces[kind] ?? ''))
          .reduce((first, then) => (first ? say('{first}, and then {then}', { first, then }) : then), ''),
      })}
    >
      <HistoryButtons />
      <TaskField />
      <DataField />
      <MethodField />
      <details>
        <summary>{say('Choices of the method')}</summary>
        <div className="fields">
          <ChoiceFields group="method" />
        </div>
      </details>
      <details>
        <summary>{say('Training settings')}</summary>
        <div className="fields">
          {count('trainCount', say('Training {examples}', { examples: say(example.many) }), 2 * batchSize)}
          {count('testCount', say('Test {examples}', { examples: say(example.many) }), 1)}
          <ChoiceFields group="training" />
        </div>
      </details>
    </Panel>
  );
}
