import { choices } from '../../core/config/choices';
import type { SpaceKind } from '../../core/config/searchConfig';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { searchesOf } from '../../store/searchesOf';
import { useStrategy } from '../useStrategy';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { SelectField } from './SelectField';

const part = choices.find(({ option }) => option === 'space')?.parts[0];

/** What is searched, for a method that can search either kind of space; those that the task has are offered. */
export function SpaceField() {
  const workbench = useWorkbench();
  const { spaces } = useTask();
  const isEither = useStrategy()?.eitherSpace ?? false;
  const [searched] = useWorkbenchState(searchesOf);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  if (!isEither || !searched || part?.takes.kind !== 'names') return null;
  const offered = part.takes.names.filter(({ name }) => name in spaces);
  return (
    <SelectField<SpaceKind>
      label={say(part.label)}
      value={searched}
      options={Object.fromEntries(offered.map(({ name, label }) => [name, say(label)]))}
      disabled={busy}
      onChange={(space) => workbench.choose('space', space)}
    />
  );
}
