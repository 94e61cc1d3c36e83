import { useStore } from 'zustand';
import { canTake } from '../../store/settingsHistory';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';

/** Undo and redo of all settings, targets included. */
export function HistoryButtons() {
  const { history } = useWorkbench();
  const { past, future } = useStore(history.steps);
  const canUndo = useWorkbenchState((state) => canTake(past.at(-1), state));
  const canRedo = useWorkbenchState((state) => canTake(future.at(-1), state));
  return (
    <div className="buttons">
      <button disabled={!canUndo} title="Ctrl+Z" onClick={() => void history.undo()}>
        Undo
      </button>
      <button disabled={!canRedo} title="Ctrl+Shift+Z" onClick={() => void history.redo()}>
        Redo
      </button>
    </div>
  );
}
