import { say } from '../../core/language/say';
import { said } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import { isBusy } from '../../store/isBusy';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';

/** Asks for the units of a table: a button for each in which its numbers make sense, and one for those that its columns name. */
export function UnitQuestion() {
  const workbench = useWorkbench();
  const question = useWorkbenchState(({ unitQuestion }) => unitQuestion);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  if (!question) return null;
  const { text, choices, files } = question;
  return (
    <div role="group" aria-label={say('Units of the table')}>
      <ErrorText of={text} />
      <div className="buttons">
        {choices.map(({ units, text: choice }) => (
          <button key={said(choice)} type="button" disabled={busy} onClick={() => void workbench.device.readOwn(files, units)}>
            {say('Read as {units}', { units: said(choice) })}
          </button>
        ))}
      </div>
    </div>
  );
}
