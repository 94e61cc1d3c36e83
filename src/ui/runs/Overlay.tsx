import { useEffect, useState } from 'react';
import { metricTexts } from '../../core/cost/metricTexts';
import type { MetricId } from '../../core/cost/metrics';
import { say } from '../../core/language/say';
import { BoundedSeries } from '../../core/runs/boundedSeries';
import type { StoredRun } from '../../keep/runStorage';
import { Curve } from '../../store/curve';
import { taskOf, type NamedRun } from '../../store/runList';
import { CurveChart, type LineSpec } from '../charts/CurveChart';
import { useMemo } from '../language/memo';
import { useRuns } from './useRuns';

/** As many lines as people can tell apart. */
const MOST = 6;
/** Pixels of each chart. */
const HEIGHT = 200;

/** What of several runs is drawn over each other in one chart. */
interface Drawn {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** What its values are divided by. */
  readonly perUnit: number;
  /** The upper end of its axis; null where values set it. */
  readonly top: number | null;
  readonly lines: readonly LineSpec[];
}

/** The curves of several runs over each other: a chart for each measure of quality, each loss, and each cost. */
export function Overlay({ runs: chosen }: { runs: readonly NamedRun[] }) {
  const runs = useRuns();
  const [read, setRead] = useState<ReadonlyMap<string, ReadonlyMap<string, Curve>>>(new Map());
  const shown = useMemo(() => chosen.slice(0, MOST), [chosen]);
  // A text, so that runs are read again only when one of them has changed, however often they are listed.
  const wanted = JSON.stringify(shown.map(({ id, changed }) => [id, changed]));
  useEffect(() => {
    let current = true;
    const ids = (JSON.parse(wanted) as [string, unknown][]).map(([id]) => id);
    const load = async () => {
      const stored = await Promise.all(ids.map((id) => runs.read(id).catch(() => null)));
      if (current) setRead(new Map(stored.map((run, index) => [ids[index] as string, run ? curvesOf(run) : new Map()])));
    };
    void load();
    return () => {
      current = false;
    };
  }, [runs, wanted]);
  const charts = useMemo(() => drawn(shown, read), [shown, read]);
  const allRead = shown.every(({ id }) => read.has(id));
  return (
    <section aria-label={say('Chosen runs over each other')}>
      <h3>{say('Chosen runs over each other')}</h3>
      {chosen.length === 0 && (
        <p className="hint">{say('Choose runs in the table to draw their quality, loss and costs over the training steps.')}</p>
      )}
      {chosen.length > MOST && <p className="hint">{say('The first {most} of the chosen runs are drawn.', { most: MOST })}</p>}
      {shown.length > 0 && allRead && charts.length === 0 && (
        <p className="hint">{say('There is nothing to draw: the chosen runs have no curves.')}</p>
      )}
      <div className="charts overlaid">
        {charts.map(({ id, top, ...chart }) => (
          <CurveChart key={id} height={HEIGHT} {...chart} {...(top !== null && { top })} />
        ))}
      </div>
    </section>
  );
}

const QUALITY = 'validationQuality';
const LOSS = 'validationLoss';
const COST = 'cost/';

/** Curves of a run by their names in its run file. */
function curvesOf({ record: { recorder } }: StoredRun): Map<string, Curve> {
  const names = Object.keys(recorder.series).filter((name) => name === QUALITY || name === LOSS || name.startsWith(COST));
  return new Map(
    names.map((name) => {
      const { step, value } = new BoundedSeries(recorder.series[name]).points();
      const curve = new Curve([name]);
      step.forEach((at, index) => curve.append(at, [value[index] as number]));
      return [name, curve];
    }),
  );
}

function drawn(runs: readonly NamedRun[], read: ReadonlyMap<string, ReadonlyMap<string, Curve>>): Drawn[] {
  const charts = new Map<string, Drawn>();
  runs.forEach((run, index) => {
    for (const [name, curve] of read.get(run.id) ?? []) {
      const chart = chartFor(run, name);
      if (!chart) continue;
      const line: LineSpec = { curve, column: 0, label: run.name, colour: `var(--line-${index + 1})`, dots: !name.startsWith(COST) };
      charts.set(chart.id, { ...chart, lines: [...(charts.get(chart.id)?.lines ?? []), line] });
    }
  });
  return [...charts.values()].toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
}

/** The chart of a curve, which it shares with what can be compared; null for one that is not drawn, such as of a cost without a target. */
function chartFor(run: NamedRun, name: string): Omit<Drawn, 'lines'> | null {
  const task = taskOf(run);
  if (!task) return null;
  const { validation, loss, lossUnit } = task;
  if (name === QUALITY) {
    const percent = validation.unit === '%';
    const title = say('Validation {quality}', { quality: say(validation.word) });
    return { id: `1 ${validation.id}`, title, unit: percent ? say('fraction') : validation.unit, perUnit: 1, top: percent ? 1 : null };
  }
  if (name === LOSS) return { id: `2 ${loss}`, title: say('Validation loss'), unit: lossUnit, perUnit: 1, top: null };
  const metric = name.slice(COST.length) as MetricId;
  if (run.targets[metric] === undefined) return null;
  const { word, unit, perUnit } = metricTexts[metric];
  return { id: `3 ${metric}`, title: say('Expected {cost}', { cost: say(word) }), unit, perUnit, top: null };
}
