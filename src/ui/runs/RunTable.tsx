import { useState } from 'react';
import { useStore } from 'zustand';
import { metricText } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { qualityText } from '../../core/tasks/task';
import { capital } from '../../core/words';
import { linked } from '../../store/linked';
import { statusNames, taskOf, type NamedRun } from '../../store/runList';
import { memo } from '../language/memo';
import { copyLink, linkState } from '../link/copyLink';
import { timeText } from '../timeText';
import { useWorkbench } from '../useWorkbench';
import { useRuns } from './useRuns';

/** Rows that are shown at first, and added at a time, so that a thousand runs stay quick. */
const ROWS = 50;

interface RunTableProps {
  readonly runs: readonly NamedRun[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, whether: boolean) => void;
  readonly onOpen: (id: string) => void;
}

export function RunTable({ runs, chosen, choose, onOpen }: RunTableProps) {
  const [most, setMost] = useState(ROWS);
  return (
    <div className="run-table" role="group" aria-label={say('{title}, table', { title: say('Runs') })} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{say('Chosen')}</span>
            </th>
            <th scope="col">{say('Run')}</th>
            <th scope="col">{say('State')}</th>
            <th scope="col">{say('Quality')}</th>
            <th scope="col">{say('Flash memory')}</th>
            <th scope="col">{say('Latency')}</th>
            <th scope="col">{say('Started')}</th>
            <th scope="col">
              <span className="visually-hidden">{say('Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, most).map((run) => (
            <Row key={run.id} run={run} chosen={chosen.has(run.id)} choose={choose} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {runs.length > most && (
        <button className="more" onClick={() => setMost(most + ROWS)}>
          {say('Show {more} more of {all, number}', { more: Math.min(ROWS, runs.length - most), all: runs.length })}
        </button>
      )}
    </div>
  );
}

interface RowProps extends Pick<RunTableProps, 'choose' | 'onOpen'> {
  readonly run: NamedRun;
  readonly chosen: boolean;
}

const Row = memo(function Row({ run, chosen, choose, onOpen }: RowProps) {
  const runs = useRuns();
  const workbench = useWorkbench();
  const copied = useStore(linkState, (state) => state.copied === run.id);
  const settings = async () => {
    const { record, summary } = await runs.read(run.id);
    return linked(record.config, record.data, summary.backend);
  };
  const { id, name, label, quality, costs, step, steps, status } = run;
  const task = taskOf(run);
  const cost = (metric: MetricId) => (costs?.[metric] === undefined ? '' : metricText(metric, costs[metric]));
  return (
    <tr className={chosen ? 'chosen' : ''}>
      <td>
        <input
          type="checkbox"
          aria-label={say('Choose {name}', { name })}
          checked={chosen}
          onChange={({ target }) => choose(id, target.checked)}
        />
      </td>
      <th scope="row">
        <button
          className="star"
          aria-pressed={label.starred}
          aria-label={say('Star {name}', { name })}
          onClick={() => void runs.label(id, { starred: !label.starred })}
        >
          <span aria-hidden="true">{label.starred ? '★' : '☆'}</span>
        </button>
        <button className="link" onClick={() => onOpen(id)}>
          {name}
        </button>
        <span className="run-facts">
          {run.methodLabel} · {run.deviceName}
          {run.imported && ` · ${say('imported')}`}
          {label.note && ` · ${label.note}`}
        </span>
      </th>
      <td data-head={say('State')}>
        {capital(say(statusNames[status]))}
        {status !== 'finished' && step > 0 && <span className="run-facts">{stepText(step, steps)}</span>}
      </td>
      <td data-head={say('Quality')}>{quality !== null && task && qualityText(task.quality, quality)}</td>
      <td data-head={say('Flash memory')}>{cost('flashBytes')}</td>
      <td data-head={say('Latency')}>{cost('latencyMs')}</td>
      <td data-head={say('Started')}>{timeText(run.started)}</td>
      <td>
        <button className="link" aria-label={say('Copy link of {name}', { name })} onClick={() => void copyLink(workbench, id, settings)}>
          {copied ? say('Link copied') : say('Copy link')}
        </button>{' '}
        <button className="link" aria-label={say('Delete {name}', { name })} onClick={() => void runs.remove([id])}>
          {say('Delete')}
        </button>
      </td>
    </tr>
  );
});

const stepText = (step: number, steps: number | null) =>
  steps ? say('at step {step, number} of {steps, number}', { step, steps }) : say('at step {step, number}', { step });
