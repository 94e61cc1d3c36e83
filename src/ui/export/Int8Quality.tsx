import { useCallback, useState } from 'react';
import { say } from '../../core/language/say';
import type { RangeChoice } from '../../core/quantize/ranges';
import { qualityText } from '../../core/tasks/task';
import type { Measured, MeasuringProgress } from '../../protocol/protocol';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { Measurement } from './Measurement';

/** How good the network is with floats and as int8, on the same test examples. @param ranges stay the same */
export function Int8Quality({ ranges: { method, examples: rangeExamples } }: { readonly ranges: RangeChoice }) {
  const { int8 } = useWorkbench();
  const { quality, example } = useTask();
  const found = useWorkbenchState(({ run }) => run.result?.quality.final);
  const examples = useWorkbenchState(({ run, settings }) => run.asked?.data.testCount ?? settings.testCount);
  const [attempt, setAttempt] = useState(0);
  const measure = useCallback(
    (tell: (progress: MeasuringProgress) => void) => int8.measure({ method, examples: rangeExamples }, tell),
    [int8, method, rangeExamples],
  );
  const end = useCallback(() => int8.endMeasuring(), [int8]);
  return (
    <table>
      <caption>
        {say('{quality} on {count, number} test {examples}', {
          quality: say(quality.label),
          count: examples,
          examples: say(examples === 1 ? example.one : example.many),
        })}
      </caption>
      <tbody>
        <tr>
          <th scope="row">{say('With floats')}</th>
          <td>{found !== undefined && qualityText(quality, found)}</td>
        </tr>
        <tr className="strong">
          <th scope="row">{say('As int8')}</th>
          <td aria-live="polite">
            <Measurement<Measured>
              key={attempt}
              label={say('Measuring as int8')}
              measure={measure}
              end={end}
              again={() => setAttempt(attempt + 1)}
            >
              {(measured) => qualityText(quality, measured.quality)}
            </Measurement>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
