import { useState } from 'react';
import type { SearchConfig } from '../../../core/config/searchConfig';
import { deviceOf } from '../../../core/cost/devices/index';
import type { MetricId } from '../../../core/cost/metrics';
import { metricText } from '../../../core/cost/metricTexts';
import { listText } from '../../../core/language/lists';
import { say } from '../../../core/language/say';
import { said } from '../../../core/language/told';
import type { KeptSweep, SweepCell } from '../../../keep/keptSweep';
import type { WorkbenchState } from '../../../store/state';
import { useWorkbenchState } from '../../useWorkbench';
import { useSweep } from './useSweep';

/** The searches of the sweep and how far each is; those that wait can be taken out. */
export function SweepCells({ cells, here }: { cells: KeptSweep['cells']; here: boolean }) {
  const queue = useSweep();
  const strategies = useWorkbenchState((state) => state.strategies);
  // A sweep may have thousands of searches, which are drawn only for those who look.
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say('Searches of the sweep')}</summary>
      {open && (
        <ol className="sweep-cells">
          {cells.map((cell, index) => {
            const text = searchText(cell.config, strategies);
            return (
              <li key={index}>
                {text}: {stateText(cell)}{' '}
                {here && cell.state === 'waiting' && (
                  <button className="link" aria-label={say('Take out {search}', { search: text })} onClick={() => void queue.remove(index)}>
                    {say('Take out')}
                  </button>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </details>
  );
}

function stateText({ state, reason }: SweepCell): string {
  if (state === 'ended') return reason === null ? say('ended') : said(reason);
  return state === 'running' ? say('under way') : say('waits');
}

function searchText({ method, device, targets, randomSeed, epochs }: SearchConfig, strategies: WorkbenchState['strategies']): string {
  const limits = (Object.entries(targets) as [MetricId, number][]).map(([id, target]) => metricText(id, target));
  return say('{method}, {device}, {limits}, random seed {seed}, epochs {epochs}', {
    method: say(strategies.find(({ id }) => id === method)?.label ?? method),
    device: deviceOf(device).name,
    limits: limits.length > 0 ? listText(limits) : say('no target'),
    seed: String(randomSeed),
    epochs: `${epochs.warmup}+${epochs.search}+${epochs.finetune}`,
  });
}
