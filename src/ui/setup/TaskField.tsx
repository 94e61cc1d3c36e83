import { tasks } from '../../core/tasks/index';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { SelectField } from './SelectField';

/** What is learnt, where there is more than one thing to learn. */
export function TaskField() {
  const workbench = useWorkbench();
  const { id } = useTask();
  const busy = useWorkbenchState((state) => isBusy(state.run));
  if (tasks.length < 2) return null;
  return (
    <SelectField
      label={say('Task')}
      value={id}
      options={Object.fromEntries(tasks.map((task) => [task.id, say(task.title)]))}
      disabled={busy}
      onChange={(task) => void workbench.chooseTask(task)}
    />
  );
}
