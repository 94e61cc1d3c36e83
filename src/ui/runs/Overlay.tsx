import { useEffect, useState } from 'react';
import { say } from '../../core/language/say';
import { BoundedSeries } from '../../core/runs/boundedSeries';
import type { Quality } from '../../core/tasks/task';
import { Curve } from '../../store/curve';
import { taskOf, type NamedRun } from '../../store/runList';
import { CurveChart, type LineSpec } from '../charts/CurveChart';
import { useMemo } from '../language/memo';
import { useRuns } from './useRuns';

/** As many lines as people can tell apart. */
const MOST = 6;

interface Drawn {
  readonly validation: Quality;
  readonly lines: readonly LineSpec[];
}

/** The validation quality of several runs over each other, one chart for each measure. */
export function Overlay({ runs: chosen }: { runs: readonly NamedRun[] }) {
  const runs = useRuns();
  const [curves, setCurves] = useState<ReadonlyMap<string, Curve | null>>(new Map());
  const shown = useMemo(() => chosen.slice(0, MOST), [chosen]);
  // A text, so that runs are read again only when one of them has changed, however often they are listed.
  const wanted = JSON.stringify(shown.map(({ id, changed }) => [id, changed]));
  useEffect(() => {
    let current = true;
    const ids = (JSON.parse(wanted) as [string, unknown][]).map(([id]) => id);
    const load = async () => {
      const read = await Promise.all(ids.map((id) => runs.read(id).catch(() => null)));
      const found = read.map((stored, index) => {
        const series = stored?.record.recorder.series.validationQuality;
        return [ids[index] as string, series ? curveOf(new BoundedSeries(series).points()) : null] as const;
      });
      if (current) setCurves(new Map(found));
    };
    void load();
    return () => {
      current = false;
    };
  }, [runs, wanted]);
  const charts = useMemo(() => drawn(shown, curves), [shown, curves]);
  return (
    <section aria-label={say('Chosen runs over each other')}>
      <h3>{say('Chosen runs over each other')}</h3>
      {chosen.length === 0 && (
        <p className="hint">{say('Choose runs in the table to draw their validation quality over the training steps.')}</p>
      )}
      {chosen.length > MOST && <p className="hint">{say('The first {most} of the chosen runs are drawn.', { most: MOST })}</p>}
      {shown.length > 0 && shown.every(({ id }) => curves.get(id) === null) && (
        <p className="hint">{say('There is nothing to draw: no epoch of the chosen runs was validated.')}</p>
      )}
      {charts.map(({ validation, lines }) => {
        const percent = validation.unit === '%';
        return (
          <CurveChart
            key={validation.id}
            title={say('Validation {quality}', { quality: say(validation.word) })}
            unit={percent ? say('fraction') : validation.unit}
            lines={lines}
            height={230}
            {...(percent && { top: 1 })}
          />
        );
      })}
    </section>
  );
}

function drawn(runs: readonly NamedRun[], curves: ReadonlyMap<string, Curve | null>): Drawn[] {
  const charts = new Map<string, { validation: Quality; lines: LineSpec[] }>();
  runs.forEach((run, index) => {
    const curve = curves.get(run.id);
    const validation = taskOf(run)?.validation;
    if (!curve || !validation) return;
    const chart = charts.get(validation.id) ?? { validation, lines: [] };
    chart.lines.push({ curve, column: 0, label: run.name, colour: `var(--line-${index + 1})`, dots: true });
    charts.set(validation.id, chart);
  });
  return [...charts.values()];
}

function curveOf({ step, value }: { readonly step: readonly number[]; readonly value: readonly number[] }): Curve {
  const curve = new Curve(['validation']);
  step.forEach((at, index) => curve.append(at, [value[index] as number]));
  return curve;
}
