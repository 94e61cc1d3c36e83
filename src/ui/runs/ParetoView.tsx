import { memo, useMemo, useState } from 'react';
import { CartesianGrid, ReferenceLine, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { metricText, metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { paretoFront } from '../../core/runs/front';
import { qualityText, type Task } from '../../core/tasks/task';
import { taskOf, type NamedRun } from '../../store/runList';
import { axisLook, shortNumber } from '../charts/CurveChart';
import { roundedUp } from '../charts/roundedUp';
import { ParetoMarks, type ParetoPoint } from './ParetoMarks';

/** Lines of targets that a chart has room for. */
const MOST_TARGETS = 4;
/** Runs of the front that are listed. */
const MOST_LISTED = 20;

const margin = { top: 8, right: 12, bottom: 0, left: 0 };

interface ParetoViewProps {
  readonly runs: readonly NamedRun[];
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
    <section aria-label="Quality over cost">
      <h3>Quality over cost</h3>
      {!task || shown.length === 0 ? (
        <p className="hint">Each listed run with a result becomes a point here.</p>
      ) : (
        <>
          <div className="run-filter">
            <label>
              Cost{' '}
              <select value={cost} onChange={({ target }) => setMetric(target.value as MetricId)}>
                {metrics.map((one) => (
                  <option key={one} value={one}>
                    {metricTexts[one].name}
                  </option>
                ))}
              </select>
            </label>
            {tasks.length > 1 && (
              <label>
                Of task{' '}
                <select value={id} onChange={({ target }) => setTask(target.value)}>
                  {tasks.map(([one, title]) => (
                    <option key={one} value={one}>
                      {title}
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
  const { name, unit, perUnit, word } = metricTexts[metric];
  const percent = quality.unit === '%';
  const { points, front } = useMemo(() => {
    const placed = runs.flatMap((run): ParetoPoint[] => {
      const value = run.costs?.[metric];
      if (value === undefined || run.quality === null) return [];
      const text = `${run.name}: ${qualityText(quality, run.quality)}, ${metricText(metric, value)}`;
      return [{ id: run.id, text, cost: value, quality: quality.better === 'higher' ? run.quality : -run.quality, shown: run.quality }];
    });
    return { points: placed, front: paretoFront(placed) };
  }, [runs, metric, quality]);
  const seeds = useMemo(() => seedsOf(runs, metric), [runs, metric]);
  const targets = [...new Set(runs.flatMap(({ targets }) => targets[metric] ?? []))].slice(0, MOST_TARGETS);
  const all = [...points.map(({ cost, shown }) => [cost, shown] as const), ...seeds.map((seed) => [seed.cost, seed.quality] as const)];
  const right = roundedUp((1.02 * Math.max(...targets, ...all.map(([cost]) => cost))) / perUnit);
  const top = percent ? 100 : roundedUp(Math.max(...all.map(([, value]) => value)));
  const scale = percent ? 100 : 1;
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-title">
          {quality.label} over {word}
        </span>
      </figcaption>
      <div className="plot" aria-hidden="true">
        <ResponsiveContainer width="100%" height={230}>
          <ScatterChart margin={margin} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--grid)" />
            <XAxis
              dataKey="x"
              type="number"
              domain={[0, right]}
              tickCount={5}
              height={38}
              label={{ value: unit ? `${name} (${unit})` : name, position: 'insideBottom', fontSize: 11, fill: 'var(--axis)' }}
              {...axisLook}
            />
            <YAxis
              dataKey="y"
              type="number"
              width={48}
              domain={[0, top]}
              tickFormatter={shortNumber}
              unit={percent ? ' %' : ''}
              {...axisLook}
            />
            {targets.map((target) => (
              <ReferenceLine key={target} x={target / perUnit} stroke="var(--target)" strokeDasharray="5 4" />
            ))}
            {/* recharts makes scales only where there is something to draw. */}
            <Scatter data={[{ x: 0, y: 0 }]} shape={() => <g />} isAnimationActive={false} />
            <ParetoMarks points={points} front={front} seeds={seeds} perUnit={perUnit} scale={scale} onOpen={onOpen} />
          </ScatterChart>
        </ResponsiveContainer>
      </div>
      <p className="hint">
        The line joins the runs that no other beats in both{targets.length > 0 && '; dashed lines are targets'}
        {seeds.length > 0 && '; squares are seed networks'}.
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
    </figure>
  );
}

function seedsOf(runs: readonly NamedRun[], metric: MetricId) {
  const found = runs.flatMap(({ seedNetwork }) => {
    const cost = seedNetwork?.costs[metric];
    return seedNetwork && cost !== undefined ? [{ cost, quality: seedNetwork.quality }] : [];
  });
  return [...new Map(found.map((seed) => [`${seed.cost} ${seed.quality}`, seed])).values()];
}
