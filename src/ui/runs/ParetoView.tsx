import { useState } from 'react';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { paretoFront } from '../../core/runs/front';
import { qualityText, type Task } from '../../core/tasks/task';
import { taskOf, type NamedRun } from '../../store/runList';
import { ChartFrame } from '../charts/ChartFrame';
import { CostAxes, TargetLine } from '../charts/CostAxes';
import { roundedUp } from '../charts/roundedUp';
import { memo, useMemo } from '../language/memo';
import { ParetoMarks, type ParetoPoint } from './ParetoMarks';

/** Lines of targets that a chart has room for. */
const MOST_TARGETS = 4;
/** Runs of the front that are listed. */
const MOST_LISTED = 20;

/** What is drawn of a run. */
export type ParetoRun = Pick<NamedRun, 'id' | 'name' | 'task' | 'taskTitle' | 'costs' | 'quality' | 'targets' | 'seedNetwork'>;

interface ParetoViewProps {
  readonly runs: readonly ParetoRun[];
  readonly onOpen: (id: string) => void;
}

/** Quality over a cost of all listed runs of a task that have a result. */
export const ParetoView = memo(function ParetoView({ runs, onOpen }: ParetoViewProps) {
  const ended = useMemo(() => runs.filter(({ costs, quality }) => costs !== null && quality !== null), [runs]);
  const tasks = useMemo(() => [...new Map(ended.map(({ task, taskTitle }) => [task, taskTitle]))], [ended]);
  const [chosenTask, setTask] = useState('');
  const [metric, setMetric] = useState<MetricId>('flashBytes');
  const id = tasks.some(([task]) => task === chosenTask) ? chosenTask : (tasks[0]?.[0] ?? '');
  const task = taskOf({ task: id });
  const shown = useMemo(() => ended.filter((run) => run.task === id), [ended, id]);
  const metrics = (Object.keys(metricTexts) as MetricId[]).filter((one) => shown.some(({ costs }) => costs?.[one] !== undefined));
  const cost = metrics.includes(metric) ? metric : (metrics[0] ?? 'flashBytes');
  return (
    <section aria-label={say('Quality over cost')}>
      <h3>{say('Quality over cost')}</h3>
      {!task || shown.length === 0 ? (
        <p className="hint">{say('Each listed run with a result becomes a point here.')}</p>
      ) : (
        <>
          <div className="run-filter">
            <label>
              {say('Cost')}{' '}
              <select value={cost} onChange={({ target }) => setMetric(target.value as MetricId)}>
                {metrics.map((one) => (
                  <option key={one} value={one}>
                    {say(metricTexts[one].name)}
                  </option>
                ))}
              </select>
            </label>
            {tasks.length > 1 && (
              <label>
                {say('Of task')}{' '}
                <select value={id} onChange={({ target }) => setTask(target.value)}>
                  {tasks.map(([one, title]) => (
                    <option key={one} value={one}>
                      {say(title)}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
          <Pareto runs={shown} task={task} metric={cost} onOpen={onOpen} />
        </>
      )}
    </section>
  );
});

function Pareto({ runs, task: { quality }, metric, onOpen }: ParetoViewProps & { readonly task: Task; readonly metric: MetricId }) {
  const { name, perUnit, word } = metricTexts[metric];
  const percent = quality.unit === '%';
  const { points, front } = useMemo(() => {
    const placed = runs.flatMap((run): ParetoPoint[] => {
      const value = run.costs?.[metric];
      if (value === undefined || run.quality === null) return [];
      const text = say('{name}: {quality}, {cost}', {
        name: run.name,
        quality: qualityText(quality, run.quality),
        cost: metricText(metric, value),
      });
      return [
        {
          id: run.id,
          run: run.name,
          text,
          cost: value,
          quality: quality.better === 'higher' ? run.quality : -run.quality,
          shown: run.quality,
        },
      ];
    });
    return { points: placed, front: paretoFront(placed) };
  }, [runs, metric, quality]);
  const seeds = useMemo(() => seedsOf(runs, metric), [runs, metric]);
  const targets = [...new Set(runs.flatMap(({ targets }) => targets[metric] ?? []))].slice(0, MOST_TARGETS);
  const all = [...points.map(({ cost, shown }) => [cost, shown] as const), ...seeds.map((seed) => [seed.cost, seed.quality] as const)];
  const right = roundedUp((1.02 * Math.max(...targets, ...all.map(([cost]) => cost))) / perUnit);
  const top = percent ? 100 : roundedUp(Math.max(...all.map(([, value]) => value)));
  const scale = percent ? 100 : 1;
  const tableNow = () => ({
    head: [say('Run'), say(name), say(quality.label)],
    rows: points.map(({ run, cost, shown }) => [run, cost / perUnit, scale * shown]),
  });
  return (
    <div className="pareto">
      <ChartFrame
        title={say('{quality} over {cost}', { quality: say(quality.label), cost: say(word) })}
        table={tableNow()}
        allNumbers={tableNow}
      >
        <CostAxes
          metric={metric}
          quality={quality}
          right={right}
          high={top}
          draw={(scales) => (
            <>
              {targets.map((target) => (
                <TargetLine key={target} at={target / perUnit} scales={scales} />
              ))}
              <ParetoMarks points={points} front={front} seeds={seeds} perUnit={perUnit} scale={scale} scales={scales} onOpen={onOpen} />
            </>
          )}
        />
      </ChartFrame>
      <Front front={front} targets={targets.length} seeds={seeds.length} onOpen={onOpen} />
    </div>
  );
}

interface FrontProps extends Pick<ParetoViewProps, 'onOpen'> {
  readonly front: readonly ParetoPoint[];
  /** How many lines and squares the chart has. */
  readonly targets: number;
  readonly seeds: number;
}

/** What the chart's marks mean, and the runs of its line. */
function Front({ front, targets, seeds, onOpen }: FrontProps) {
  return (
    <div>
      <p className="hint">
        {say(
          'The line joins the runs that no other beats in both{targets, select, yes {; dashed lines are targets} other {}}{seeds, select, yes {; squares are seed networks} other {}}.',
          { targets: targets > 0 ? 'yes' : 'no', seeds: seeds > 0 ? 'yes' : 'no' },
        )}
      </p>
      <ul className="front">
        {front.slice(0, MOST_LISTED).map(({ id, text }) => (
          <li key={id}>
            <button className="link" onClick={() => onOpen(id)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function seedsOf(runs: readonly ParetoRun[], metric: MetricId) {
  const found = runs.flatMap(({ seedNetwork }) => {
    const cost = seedNetwork?.costs[metric];
    return seedNetwork && cost !== undefined ? [{ cost, quality: seedNetwork.quality }] : [];
  });
  return [...new Map(found.map((seed) => [`${seed.cost} ${seed.quality}`, seed])).values()];
}
