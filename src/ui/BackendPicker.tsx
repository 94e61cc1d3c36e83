import { ErrorText } from './ErrorText';
import type { BackendChoice } from '../backends/backend';
import { isBusy } from '../store/isBusy';
import { backendNames as names } from './backendNames';
import { useWorkbench, useWorkbenchState } from './useWorkbench';
import './BackendPicker.css';
import { semicolonText } from '../core/language/lists';
import { say } from '../core/language/say';

const choices: readonly BackendChoice[] = ['automatic', 'webgpu', 'wasm', 'webgl', 'cpu'];

/** Names the backend in use, says why it is not a faster one, and lets a person pick another. */
export function BackendPicker() {
  const workbench = useWorkbench();
  const backend = useWorkbenchState((state) => state.backend);
  const busy = useWorkbenchState((state) => isBusy(state.run));
  return (
    <div className="backend">
      <label>
        {say('Backend')}{' '}
        <select
          value={backend.choice}
          disabled={busy || backend.state === 'starting'}
          onChange={(event) => void workbench.pickBackend(event.target.value as BackendChoice)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice === 'automatic' ? say('Automatic') : say(names[choice])}
            </option>
          ))}
        </select>
      </label>
      <BackendNote />
    </div>
  );
}

function BackendNote() {
  const backend = useWorkbenchState((state) => state.backend);
  switch (backend.state) {
    case 'starting':
      return <p className="hint">{say('Starting the backend …')}</p>;
    case 'failed':
      return <ErrorText of={backend.message} />;
    case 'ready': {
      const { name, passedOver } = backend.started;
      const runs = say('Runs on {backend}', { backend: say(names[name]) });
      const skipped = passedOver.map((one) =>
        say('{backend} is not used: {reason}', { backend: say(names[one.name]), reason: say(one.reason) }),
      );
      return <p className="hint">{say('{sentence}.', { sentence: semicolonText([runs, ...skipped]) })}</p>;
    }
    default:
      return backend satisfies never;
  }
}
