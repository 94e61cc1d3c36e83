import { useState } from 'react';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import type { Easing } from '../../core/search/divergence';
import { ErrorText } from '../ErrorText';
import { webLocks } from '../../keep/locks';
import { RunStorage } from '../../keep/runStorage';
import { isBusy } from '../../store/isBusy';
import { goBack } from '../../store/wayBack';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { RemedyButtons } from './RemedyButtons';

/** Ways on after a loss that was no number: from the last good epoch where the run is kept whole, or from the start. */
export default function Remedies() {
  const workbench = useWorkbench();
  const { easings, kept } = useWorkbenchState(({ run }) => run);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const objective = useWorkbenchState((state) => state.objective);
  const [error, setError] = useState<Told | null>(null);
  const startAgain = async ({ setting, now }: Easing) => {
    if (setting !== 'objective.strength') workbench.choose(setting, now);
    else if (objective) workbench.chooseObjective({ ...objective, strength: now });
    await workbench.start();
  };
  const back = async (id: string, goodStep: number, easing: Easing) => {
    try {
      const storage = new RunStorage(webLocks(navigator.locks as LockManager | undefined), { tell: () => {} });
      const stored = await storage.read(id);
      if (!stored) throw new WorkbenchError('invalid-data', sayLater('This run is no longer there; another tab may have deleted it.'));
      await goBack(workbench, stored, goodStep, easing);
    } catch (reason) {
      setError(asWorkbenchError(reason).told);
    }
  };
  const goodStep = kept?.goodStep ?? null;
  return (
    <div className="buttons">
      <RemedyButtons
        easings={easings}
        goodStep={goodStep}
        disabled={busy}
        choose={(easing) => void (kept && goodStep !== null ? back(kept.id, goodStep, easing) : startAgain(easing))}
      />
      <ErrorText of={error} />
    </div>
  );
}
