import { useState } from 'react';
import type { BackendName } from '../../backends/backend';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { say } from '../../core/language/say';
import { easedConfig, recordedUntil, toldUntil } from '../../core/runs/goBack';
import { easingText, type Easing } from '../../core/search/divergence';
import { webLocks } from '../../keep/locks';
import { RunStorage } from '../../keep/runStorage';
import { isBusy } from '../../store/isBusy';
import { showBefore } from '../../store/shownRun';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';

/** Ways on after a loss that was no number: from the last good epoch where the run is kept whole, or from the start. */
export default function Remedies() {
  const workbench = useWorkbench();
  const { easings, kept } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const objective = useWorkbenchState((state) => state.objective);
  const [error, setError] = useState<string | null>(null);
  const startAgain = async ({ setting, now }: Easing) => {
    if (setting !== 'objective.strength') workbench.choose(setting, now);
    else if (objective) workbench.chooseObjective({ ...objective, strength: now });
    await workbench.start();
  };
  const goBack = async (id: string, step: number, easing: Easing) => {
    try {
      const storage = new RunStorage(webLocks(navigator.locks as LockManager | undefined), { tell: () => {} }, undefined);
      const stored = await storage.read(id);
      if (!stored) throw new WorkbenchError('invalid-data', say('This run is no longer there; another tab may have deleted it.'));
      const { record, summary } = stored;
      const back = {
        ...record,
        config: easedConfig(record.config, easing),
        told: toldUntil(record.told, step),
        recorder: recordedUntil(record.recorder, step),
      };
      await workbench.goOn(back, summary.backend as BackendName, (space) => showBefore(back, space), easing);
    } catch (reason) {
      setError(asWorkbenchError(reason).message);
    }
  };
  const goodStep = kept?.goodStep ?? null;
  return (
    <div className="buttons">
      {easings.map((easing) => (
        <button
          key={easing.setting}
          disabled={busy}
          onClick={() => void (kept && goodStep !== null ? goBack(kept.id, goodStep, easing) : startAgain(easing))}
        >
          {kept && goodStep !== null
            ? say('Go back to step {step, number} with {easing}', { step: goodStep, easing: easingText(easing) })
            : say('Start again with {easing}', { easing: easingText(easing) })}
        </button>
      ))}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
