import type { PresetName } from '../../core/config/searchConfig';
import { canSearch } from '../../core/tasks/task';
import { say, word } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { SelectField } from './SelectField';
import { SpaceField } from './SpaceField';

const presetNames: Readonly<Record<PresetName, string>> = { quick: word('Quick: minutes'), paper: word('The paper’s: days') };

/** How and what is searched, and a preset for the choices below. */
export function MethodField() {
  const workbench = useWorkbench();
  const task = useTask();
  const method = useWorkbenchState((state) => state.method);
  const strategies = useWorkbenchState((state) => state.strategies);
  const presetName = useWorkbenchState((state) => state.presetName);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  return (
    <div className="fields">
      <SelectField
        label={say('Method')}
        value={method}
        options={Object.fromEntries(strategies.filter((strategy) => canSearch(task, strategy)).map(({ id, label }) => [id, say(label)]))}
        disabled={busy}
        onChange={(value) => void workbench.chooseMethod(value)}
      />
      <SpaceField />
      <SelectField
        label={say('Preset')}
        value={presetName}
        options={{ quick: say(presetNames.quick), paper: say(presetNames.paper) }}
        disabled={busy}
        onChange={(value) => workbench.choosePreset(value)}
      />
    </div>
  );
}
