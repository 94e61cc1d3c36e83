import { useState } from 'react';
import type { SearchConfig } from '../../../core/config/searchConfig';
import { asWorkbenchError } from '../../../core/errors';
import { say } from '../../../core/language/say';
import { said, sayLater, type Told } from '../../../core/language/told';
import { useWorkbench } from '../../useWorkbench';
import { useSweep } from './useSweep';

interface AddToSweepProps {
  readonly configs: readonly SearchConfig[];
  /** Milliseconds of all; null where it is not known. */
  readonly expectedMs: number | null;
}

/** Adds what is chosen to the sweep as a list: first the page's present settings, which are what the form begins with. */
export function AddToSweep({ configs, expectedMs }: AddToSweepProps) {
  const workbench = useWorkbench();
  const queue = useSweep();
  const [outcome, setOutcome] = useState<{ readonly text: Told; readonly refused: boolean } | null>(null);
  const add = async () => {
    const { backend, dataset, settings } = workbench.state;
    if (backend.state !== 'ready' || !dataset) return;
    const data = { ...dataset, trainCount: settings.trainCount, testCount: settings.testCount };
    const each = expectedMs === null ? null : expectedMs / configs.length;
    try {
      const count = await queue.add({ data, backend: backend.started.name, expectedMs: each }, configs);
      const text = sayLater('{count, plural, =0 {All of them wait already.} one {# search is added.} other {# searches are added.}}', {
        count,
      });
      setOutcome({ text, refused: false });
    } catch (error) {
      setOutcome({ text: asWorkbenchError(error).told, refused: true });
    }
  };
  return (
    <>
      <div className="buttons">
        <button type="button" disabled={configs.length === 0} onClick={() => void add()}>
          {say('Add to the sweep')}
        </button>
      </div>
      <p className="hint">
        {say('Or make a list: add these, close this, change any setting of the page, come back and add again. Then continue the sweep.')}
      </p>
      {outcome && (
        <p className={outcome.refused ? 'error' : 'hint'} role={outcome.refused ? 'alert' : 'status'}>
          {said(outcome.text)}
        </p>
      )}
    </>
  );
}
