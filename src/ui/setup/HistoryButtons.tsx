import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import { canTake } from '../../store/settingsHistory';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';

const UNDO_KEYS = 'Ctrl+Z';
const REDO_KEYS = 'Ctrl+Shift+Z';

/** Undo and redo of all settings, targets included. */
export function HistoryButtons() {
  const { history } = useWorkbench();
  const { past, future } = useStore(history.steps);
  const canUndo = useWorkbenchState((state) => canTake(past.at(-1), state));
  const canRedo = useWorkbenchState((state) => canTake(future.at(-1), state));
  return (
    <div className="buttons">
      <button data-focus="next" disabled={!canUndo} title={UNDO_KEYS} onClick={() => void history.undo()}>
        {say('Undo')}
      </button>
      <button data-focus="next" disabled={!canRedo} title={REDO_KEYS} onClick={() => void history.redo()}>
        {say('Redo')}
      </button>
    </div>
  );
}
