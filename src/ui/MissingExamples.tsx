import { useState } from 'react';
import { say } from '../core/language/say';
import { said } from '../core/language/told';
import { Panel } from './Panel';
import { ProblemReport } from './problem/ProblemReport';
import { START_BUTTON } from './RunPanel';
import { useTask, useWorkbench, useWorkbenchState } from './useWorkbench';

/** Why there are no examples, and the ways out. Set-up has announced it. */
export function MissingExamples() {
  const workbench = useWorkbench();
  const { example } = useTask();
  const examples = say(example.many);
  const error = useWorkbenchState((state) => state.dataError);
  const workerLost = useWorkbenchState((state) => state.workerLost);
  const loading = useWorkbenchState((state) => state.loadingData);
  const [trying, setTrying] = useState(false);
  const tryAgain = async (button: HTMLElement) => {
    if (loading) return;
    setTrying(true);
    await workbench.useBuiltInData();
    setTrying(false);
    if (workbench.state.dataset) requestAnimationFrame(() => goOnFrom(button));
  };
  if (!error) return null;
  return (
    <Panel title={say('There are no {examples} to learn from', { examples })}>
      <p className="error">{said(error.told)}</p>
      <p className="hint">
        {workerLost
          ? say('Without its worker the page can neither make examples nor search. A reload starts it anew.')
          : say('Every search needs them. Try again, choose another task, or take {examples} of your own under Set-up.', {
              examples,
            })}
      </p>
      <div className="buttons">
        {workerLost ? (
          <button onClick={() => location.reload()}>{say('Reload')}</button>
        ) : (
          <button aria-disabled={loading} onClick={({ currentTarget }) => void tryAgain(currentTarget)}>
            {trying ? say('Making {examples} …', { examples }) : say('Try again')}
          </button>
        )}
      </div>
      {error.code === 'internal' && <ProblemReport of={error} />}
    </Panel>
  );
}

/** Once there are examples, what a person does next is there for the keyboard, unless they have gone elsewhere. */
function goOnFrom(button: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement === button || activeElement === document.body) document.getElementById(START_BUTTON)?.focus();
}
