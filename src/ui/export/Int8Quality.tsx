import { useEffect, useState } from 'react';
import type { RangeChoice } from '../../core/quantize/ranges';
import { asWorkbenchError } from '../../core/errors';
import { durationText } from '../../core/runs/progress';
import { qualityText } from '../../core/tasks/task';
import { counted } from '../../core/words';
import type { Measured, MeasuringProgress } from '../../protocol/protocol';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';

/** How good the network is with floats and as int8, on the same test examples. @param ranges stay the same */
export function Int8Quality({ ranges }: { readonly ranges: RangeChoice }) {
  const { quality, example } = useTask();
  const found = useWorkbenchState(({ run }) => run.result?.quality.final);
  const examples = useWorkbenchState(({ run, settings }) => run.asked?.data.testCount ?? settings.testCount);
  const [attempt, setAttempt] = useState(0);
  return (
    <table>
      <caption>
        {quality.label} on {counted(examples, `test ${example.one}`, `test ${example.many}`)}
      </caption>
      <tbody>
        <tr>
          <th scope="row">With floats</th>
          <td>{found !== undefined && qualityText(quality, found)}</td>
        </tr>
        <tr className="strong">
          <th scope="row">As int8</th>
          <td aria-live="polite">
            <Measurement key={attempt} ranges={ranges} again={() => setAttempt(attempt + 1)} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** @param again measures once more after a person has stopped it */
function Measurement({ ranges: { method, examples }, again }: { readonly ranges: RangeChoice; readonly again: () => void }) {
  const { int8 } = useWorkbench();
  const { quality } = useTask();
  const [progress, setProgress] = useState<MeasuringProgress | null>(null);
  const [measured, setMeasured] = useState<Measured | 'stopped' | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let shown = true;
    int8
      .measure({ method, examples }, (now) => shown && setProgress(now))
      .then((outcome) => shown && setMeasured(outcome ?? 'stopped'))
      .catch((reason: unknown) => shown && setError(asWorkbenchError(reason).message));
    return () => {
      shown = false;
      // An error of it has been told where it began.
      int8.endMeasuring().catch(() => {});
    };
  }, [int8, method, examples]);
  if (error) return <span className="error">{error}</span>;
  if (measured === 'stopped') return <button onClick={again}>Measure</button>;
  if (measured) return qualityText(quality, measured.quality);
  return (
    <span className="measuring">
      <progress aria-label="Measuring as int8" value={progress ? progress.done / progress.total : undefined} max={1} />
      {progress && `${durationText(progress.leftMs)} left`}
      <button onClick={() => void int8.endMeasuring()}>Stop measuring</button>
    </span>
  );
}
